-- How many events of athletes who are not connected are stored, up to as many as matter.
select count(*) from (select 1 from event
                      where origin = 'strava' and owner_id not in (select id from athlete)
                      limit :most) stored
