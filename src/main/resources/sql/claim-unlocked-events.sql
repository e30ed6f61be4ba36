-- As claim-events, on a server: takes what no other transaction has locked, beside the one writer. This is safe because it
-- neither gives nor takes an object's turn (due_at stays non-null, which is all that accept, promote and replay look at),
-- and because whatever else changes these columns finds its row by lease, due_at or state in the same statement, which
-- waits for this transaction and then looks again. What has to see a lease and write elsewhere holds it (hold-lease).
update event set lease = :lease, due_at = :until, hasten = case when hasten = 1 then 2 else 0 end
where id = any(array(
  select id from event
  where priority = :priority and due_at <= :now
  order by due_at, id
  limit :limit
  for update skip locked))
returning id, origin, priority, subscription_id, object_type, object_id, aspect,
          owner_id, event_time, updates, received_at, failures, not_ready, hasten
