-- Has all history that would ask Strava wait until the budget allows that again.
update event set due_at = :until, reason = :reason
where priority = :priority and due_at < :until and lease is null and origin = 'backfill'
