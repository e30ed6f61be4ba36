-- Puts an event back that is dead, or has one tried now that waits; it has its turn at once, unless another one of its
-- object is before it.
update event
set state = 'pending', settled_at = null, failures = 0, not_ready = 0, released = 1,
    due_at = case when state = 'dead'
                       and exists (select 1 from event other
                                   where other.due_at is not null and other.object_type = event.object_type
                                     and other.object_id = event.object_id)
             then null else cast(:now as bigint) end
where id = :id and (state = 'dead' or (state = 'pending' and due_at is not null and lease is null))
