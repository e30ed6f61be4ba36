-- Extends a lease that has expired but was not taken over.
update event set due_at = :until where id = :id and lease = :lease and due_at <= :now
