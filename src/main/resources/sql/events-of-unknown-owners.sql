-- The number of stored events of athletes who are not connected, up to the limit.
select count(*) from (select 1 from event
                      where origin = 'strava' and owner_id not in (select id from athlete)
                      limit :most) stored
