-- The history of an object, latest first, limited by memory.
select event.id as event_id, event.received_at as at, 0 as place,
       event.aspect || ' received from ' || event.origin as step
from event where object_id = :objectId
union all
select event_log.event_id, event_log.at, 1, event_log.step
from event_log join event on event.id = event_log.event_id
where event.object_id = :objectId
order by 2 desc, 1 desc, 3 desc
limit 10000
