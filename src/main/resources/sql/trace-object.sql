-- Everything that happened around an object, oldest first.
select event.id as event_id, event.received_at as at, 0 as place,
       event.aspect || ' received from ' || event.origin as step
from event where object_id = :objectId
union all
select story.event_id, story.at, 1, story.step
from story join event on event.id = story.event_id
where event.object_id = :objectId
order by 2, 1, 3
