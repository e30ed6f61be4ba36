-- Schedules the next attempt of an event, if the lease is still held.
update event
set due_at = case when hasten = 1 then cast(:now as bigint) else :until end,
    failures = :failures, not_ready = :notReady, reason = :reason, lease = null,
    hasten = case when hasten = 1 then 1 else 0 end
where id = :id and lease = :lease
