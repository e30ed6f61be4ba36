-- Brings forward by so much what waits, because the clock was set back by as much.
update event set due_at = due_at - :back where priority = :priority and due_at > :now and lease is null
