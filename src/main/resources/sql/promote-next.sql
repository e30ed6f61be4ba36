-- Gives the turn to the next event of an object.
update event set due_at = :now
where due_at is null
  and id = (select id from event
            where state = 'pending' and object_type = :objectType and object_id = :objectId
            order by event_time, id
            limit 1)
