select count(*) from event
where state = 'pending' and due_at is null and object_type = :objectType and object_id = :objectId
  and aspect = 'delete' and event_time >= :eventTime
