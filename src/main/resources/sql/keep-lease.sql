-- Prolongs a lease that would be taken over now.
update event set due_at = :until where id = :id and lease = :lease and due_at <= :now
