-- Settles an event, if the lease is still held.
update event set state = :state, reason = :reason, settled_at = :now, due_at = null, lease = null
where id = :id and lease = :lease
