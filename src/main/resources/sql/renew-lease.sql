update event set due_at = :until where id = :id and lease = :lease
