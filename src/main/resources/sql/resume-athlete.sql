-- Makes events due that waited for an athlete's tokens; an event in work is retried at once if it fails. Events that
-- were never postponed are due anyway and are not scanned, as there may be a million.
update event
set due_at = case when lease is null then cast(:now as bigint) else due_at end,
    hasten = case when lease is null then 0 else 1 end
where id in (select id from event
             where owner_id = :id and state = 'pending' and reason is not null and lease is null and due_at > :now
             union all
             select id from event where owner_id = :id and lease is not null)
