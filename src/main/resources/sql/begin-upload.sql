-- Notes that a file is being sent; if it was sent before, a duplicate at Strava may be the file itself.
update upload
set resent = case when state = 'sending' or upload_id <> '' then 1 else resent end, state = 'sending', sent_at = :now
where athlete_id = :athleteId and sha256 = :sha256
