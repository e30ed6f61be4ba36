-- Brings forward what waits for a later attempt, because somebody asks for this object now, or something newer is told of
-- it, unless that has been done since a time; what is worked on at the moment is tried again at once if it has to be.
update event
set due_at = case when lease is null then cast(:now as bigint) else due_at end,
    hasten = 1, hastened_at = :now
where object_type = :objectType and object_id = :objectId and due_at is not null
  and (lease is not null or due_at > :now)
  and not exists (select 1 from event other
                  where other.object_type = :objectType and other.object_id = :objectId and other.hastened_at > :since)
