-- Copies title and visibility from the API to an activity's recordings, unless they come from an archive.
update recording set title = activity.name, visibility = activity.visibility, details_at = activity.read_at
from activity
where activity.id = recording.activity_id and recording.activity_id = :activityId and activity.details is not null
  and (recording.details_at is not null or recording.title is null and recording.visibility is null)
