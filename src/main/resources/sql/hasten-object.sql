-- Brings forward the next attempt for an object, because it was requested or something newer was reported, unless this
-- was done since a time; an event in work is retried at once if it fails.
update event
set due_at = case when lease is null then cast(:now as bigint) else due_at end,
    hasten = 1, hastened_at = :now
where object_type = :objectType and object_id = :objectId and due_at is not null
  and (lease is not null or due_at > :now)
  and not exists (select 1 from event other
                  where other.object_type = :objectType and other.object_id = :objectId and other.hastened_at > :since)
