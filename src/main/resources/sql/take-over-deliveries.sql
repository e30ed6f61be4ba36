-- Makes the deliveries of a file that was imported without an id the ones of an activity that has none.
update delivery set activity_id = :id
where activity_id = :own
  and not exists (select 1 from delivery other where other.activity_id = :id and other.sink = delivery.sink)
