-- Deletes the numbers of an activity's files that are neither at a sink nor being delivered.
delete from recording
where activity_id = :activityId
  and sha256 not in (select sha256 from delivery where activity_id = :activityId)
  and sha256 not in (select sha256 from kept_export where activity_id = :activityId)
