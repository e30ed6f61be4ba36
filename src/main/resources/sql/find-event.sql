select id, state, reason, due_at, lease from event
where origin = :origin and object_type = :objectType and object_id = :objectId and event_time = :eventTime
order by id desc limit 1
