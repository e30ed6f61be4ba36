-- Records that Strava has confirmed a deletion.
insert into tombstone (activity_id, athlete_id, event_time, held, confirmed_at)
values (:activityId, :athleteId, :eventTime, :held, :confirmedAt)
on conflict (activity_id) do update set
  athlete_id = excluded.athlete_id, event_time = excluded.event_time,
  held = excluded.held, confirmed_at = excluded.confirmed_at
