-- Records that a sink does not have an activity's file yet, adding the attempts that failed since the last time.
insert into pending_delivery (activity_id, sink, attempts, due_at, reason)
values (:activityId, :sink, :attempts, :due, :reason)
on conflict (activity_id, sink) do update set
  attempts = pending_delivery.attempts + excluded.attempts, due_at = excluded.due_at, reason = excluded.reason
