-- Has an activity's recordings say what the API says of its title and visibility, unless an archive has said it. Of an
-- activity that only an archive knows, the title is the archive's, and stays.
update recording set title = activity.name, visibility = activity.visibility,
                     details_at = case when activity.details is not null then activity.read_at end
from activity
where activity.id = recording.activity_id and recording.activity_id = :activityId
  and (activity.details is not null or activity.name is not null)
  and (recording.details_at is not null or recording.title is null and recording.visibility is null)
