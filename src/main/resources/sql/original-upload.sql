-- The FIT file that an activity was made from. A duplicate counts if the file was sent before, because it is then probably its own.
select * from upload
where athlete_id = :athleteId and data_type like 'fit%'
  and (activity_id = :activityId and (state = 'ready' or resent = 1)
       or upload_id = :uploadId and upload_id <> ''
       or 'fitroute-' || substr(sha256, 1, 16) = :externalId)
order by asked_at desc limit 1
