-- Moves the due times of waiting events back by as much as the clock was set back.
update event set due_at = due_at - :back where priority = :priority and due_at > :now and lease is null
