-- Brings forward what waits for a later attempt, because somebody asks for this object now; what is worked on at the
-- moment is tried again at once if it has to be.
update event
set due_at = case when lease is null then cast(:now as bigint) else due_at end,
    hasten = case when lease is null then 0 else 1 end
where object_type = :objectType and object_id = :objectId and due_at is not null
  and (lease is not null or due_at > :now)
