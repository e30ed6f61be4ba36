-- What waited for an athlete's tokens is due now.
update event set due_at = :now
where owner_id = :id and state = 'pending' and due_at > :now and lease is null
