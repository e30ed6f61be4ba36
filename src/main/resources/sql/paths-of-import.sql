-- The files that an import has put at sinks for an activity: the delivered file, and an original beside it.
select path.*
from delivery_intent path join import_entry entry
  on entry.activity_id = path.activity_id and entry.event_id = path.event_id
where path.activity_id = :activityId and entry.import_id = :import and entry.state in ('imported', 'converted')
