-- What waited for an athlete's tokens is due now; what is worked on at the moment is tried again at once if it has to be.
-- What never was put back is due anyway, and is not looked through: that may be a million events.
update event
set due_at = case when lease is null then cast(:now as bigint) else due_at end,
    hasten = case when lease is null then 0 else 1 end
where id in (select id from event
             where owner_id = :id and state = 'pending' and reason is not null and lease is null and due_at > :now
             union all
             select id from event where owner_id = :id and lease is not null)
