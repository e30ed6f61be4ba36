-- Brings forward what waits for a later attempt, because somebody asks for this object now.
update event set due_at = :now
where object_type = :objectType and object_id = :objectId and due_at > :now and lease is null
