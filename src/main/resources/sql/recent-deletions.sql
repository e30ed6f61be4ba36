-- How many other deletions of the athlete were told of late.
select count(*) from tombstone
where athlete_id = :athleteId and told_at > :since and activity_id <> :activityId
