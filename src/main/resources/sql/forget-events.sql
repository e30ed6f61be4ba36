delete from event
where id in (select id from event where state <> 'pending' and settled_at < :before order by id limit :limit)
