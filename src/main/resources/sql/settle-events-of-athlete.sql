-- Settles the events that wait for an athlete; an event in work ends by itself.
update event
set state = 'skipped', reason = :reason, settled_at = :now, due_at = null
where owner_id = :id and state = 'pending' and lease is null and id <> :self
