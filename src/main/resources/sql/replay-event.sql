-- Puts a dead event back, or makes a waiting one due; it has its turn at once unless an earlier event of its object is
-- pending.
update event
set state = 'pending', settled_at = null, failures = 0, not_ready = 0, released = 1,
    due_at = case when state = 'dead'
                       and exists (select 1 from event other
                                   where other.due_at is not null and other.object_type = event.object_type
                                     and other.object_id = event.object_id)
             then null else cast(:now as bigint) end
where id = :id and (state = 'dead' or (state = 'pending' and due_at is not null and lease is null))
