-- Postpones the events of backfills until the budget allows requests again.
update event set due_at = :until, reason = :reason
where priority = :priority and due_at < :until and lease is null and origin = 'backfill'
