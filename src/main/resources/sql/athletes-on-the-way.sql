-- How many athletes are on their way to be connected: sent to Strava and not back yet, or with given tokens whose owner
-- Strava has not named yet.
select (select count(*) from oauth_state where expires_at > :now and athlete_id is null and refusal is null)
     + (select count(*) from configured_token where athlete_id is null and refusal is null)
