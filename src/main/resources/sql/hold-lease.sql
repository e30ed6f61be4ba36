-- Keeps other workers from taking the event over before this transaction ends, if the lease is still held.
update event set lease = lease where id = :id and lease = :lease
