-- Copies title and visibility from the API to an activity's recordings, unless they come from an archive. The title of an
-- activity that only an archive knows stays.
update recording set title = activity.name, visibility = activity.visibility,
                     details_at = case when activity.details is not null then activity.read_at end
from activity
where activity.id = recording.activity_id and recording.activity_id = :activityId
  and (activity.details is not null or activity.name is not null)
  and (recording.details_at is not null or recording.title is null and recording.visibility is null)
