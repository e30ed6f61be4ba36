-- Has an activity's recordings say what the API says of its title and visibility, unless an archive has said it.
update recording set title = activity.name, visibility = activity.visibility, details_at = activity.read_at
from activity
where activity.id = recording.activity_id and recording.activity_id = :activityId and activity.details is not null
  and (recording.details_at is not null or recording.title is null and recording.visibility is null)
