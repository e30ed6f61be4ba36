-- Notes that an activity is gone of which there is no file, so that it does not count for the brake.
insert into tombstone (activity_id, athlete_id, event_time, confirmed, told_at)
values (:activityId, :athleteId, :eventTime, 1, 0)
on conflict (activity_id) do update set confirmed = 1, event_time = excluded.event_time
