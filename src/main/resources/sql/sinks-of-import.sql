-- The sinks at which an activity's file is the one that an import added.
select delivery.sink
from delivery join import_entry entry
  on entry.activity_id = delivery.activity_id and entry.event_id = delivery.event_id
where delivery.activity_id = :activityId and entry.import_id = :import and entry.state in ('imported', 'converted')
