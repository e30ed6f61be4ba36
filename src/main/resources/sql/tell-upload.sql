-- Notes what Strava says about an upload.
update upload
set state = :state, upload_id = case when :uploadId = '' then upload_id else :uploadId end,
    activity_id = :activityId, reason = :reason, looked_at = :now, looks = looks + 1
where athlete_id = :athleteId and sha256 = :sha256
