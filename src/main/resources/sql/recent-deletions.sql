-- How many other deletions of the athlete were confirmed of late, and not held back.
select count(*) from tombstone
where athlete_id = :athleteId and confirmed_at > :since and held = 0 and activity_id <> :activityId
