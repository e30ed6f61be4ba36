-- When an activity was deleted, as far as an event says that this was not before another one.
select event_time from event
where object_id = :objectId and event_time >= :eventTime and object_type = :objectType and aspect = 'delete'
order by event_time desc
limit 1
