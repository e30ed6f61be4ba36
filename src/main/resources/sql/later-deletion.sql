-- When an activity was deleted, according to an event not older than a given time.
select event_time from event
where object_id = :objectId and event_time >= :eventTime and object_type = :objectType and aspect = 'delete'
order by event_time desc
limit 1
