-- Assigns the deliveries of a file imported without an ID to its activity, at sinks where the activity has no delivery.
update delivery set activity_id = :id
where activity_id = :own
  and not exists (select 1 from delivery other where other.activity_id = :id and other.sink = delivery.sink)
