-- Deletes events settled before a time, and those skipped without a request to Strava before another.
delete from event
where id in (select id from (select id from event where state <> 'pending' and settled_at < :before
                             union
                             select id from event
                             where state = 'skipped' and asked = 0 and priority = 0 and settled_at < :ignoredBefore) past
             order by id limit :limit)
