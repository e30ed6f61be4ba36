-- Gives the turn to the next event of an object, unless one has it.
update event set due_at = :now
where id = (select id from event
            where state = 'pending' and due_at is null and object_type = :objectType and object_id = :objectId
            order by event_time, id
            limit 1)
  and not exists (select 1 from event turn
                  where turn.due_at is not null and turn.object_type = :objectType and turn.object_id = :objectId)
