-- As claim-events, on a server: claims events that no other transaction has locked, in parallel with the writer. This
-- is safe because it does not change which event of an object has its turn (due_at stays non-null, which is all that
-- accept, promote and replay look at), and because every other change of these columns selects its row by lease, due_at
-- or state in the same statement, which waits for this transaction and then checks again. A transaction that must see a
-- lease and write elsewhere locks it (hold-lease).
update event set lease = :lease, due_at = :until, hasten = case when hasten = 1 then 2 else 0 end
where id = any(array(
  select id from event
  where priority = :priority and due_at <= :now
  order by due_at, id
  limit :limit
  for update skip locked))
returning id, origin, priority, subscription_id, object_type, object_id, aspect,
          owner_id, event_time, updates, received_at, failures, not_ready, hasten
