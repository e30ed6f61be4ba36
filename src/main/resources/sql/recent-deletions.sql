-- The number of other deletions of the athlete that were confirmed recently and not held back.
select count(*) from tombstone
where athlete_id = :athleteId and confirmed_at > :since and held = 0 and activity_id <> :activityId
