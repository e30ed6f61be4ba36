-- Makes the events due that wait for a recovered sink.
update event set due_at = :now
where due_at > :now and lease is null and reason is not null
  and id in (select waiting.id
             from pending_delivery
             join event waiting on waiting.object_type = 'activity' and waiting.object_id = pending_delivery.activity_id
                               and waiting.due_at is not null
             where pending_delivery.sink = :sink)
