delete from story
where event_id in (select id from event where state <> 'pending' and settled_at < :before order by id limit :limit)
