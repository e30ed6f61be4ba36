-- Deletes the log entries of the events that forget-events deletes next.
delete from event_log
where event_id in (select id from (select id from event where state <> 'pending' and settled_at < :before
                                   union
                                   select id from event
                                   where state = 'skipped' and asked = 0 and priority = 0 and settled_at < :ignoredBefore) past
                   order by id limit :limit)
