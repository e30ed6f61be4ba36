-- The status of an event; one that waits for an earlier event of its object waits for what that one waits for.
select event.id, event.state,
       coalesce(event.reason, turn.reason) as reason,
       coalesce(event.due_at, turn.due_at) as due_at,
       coalesce(event.lease, turn.lease) as lease
from event
left join event turn
  on event.state = 'pending' and event.due_at is null
 and turn.due_at is not null and turn.object_type = event.object_type and turn.object_id = event.object_id
where event.origin = :origin and event.object_type = :objectType and event.object_id = :objectId
  and event.event_time = :eventTime
order by event.id desc limit 1
