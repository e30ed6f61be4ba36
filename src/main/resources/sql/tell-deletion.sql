-- Notes that an activity is said to be deleted.
insert into tombstone (activity_id, athlete_id, event_time, confirmed, told_at)
values (:activityId, :athleteId, :eventTime, 0, :now)
on conflict (activity_id) do nothing
