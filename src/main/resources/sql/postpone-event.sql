-- Puts an event back for a later attempt, if the lease is still ours.
update event set due_at = :until, failures = :failures, not_ready = :notReady, reason = :reason, lease = null
where id = :id and lease = :lease
