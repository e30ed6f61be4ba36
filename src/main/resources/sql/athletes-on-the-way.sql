-- The number of athletes who are being connected: sent to Strava and not back yet, or with configured tokens whose
-- owner is unknown.
select (select count(*) from oauth_state where expires_at > :now and athlete_id is null and refusal is null)
     + (select count(*) from configured_token where athlete_id is null and refusal is null)
