-- Nobody takes over the event before this transaction ends, if the lease is still ours.
update event set lease = lease where id = :id and lease = :lease
