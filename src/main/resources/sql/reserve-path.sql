-- Reserves a path at a sink for an activity, unless another activity has it.
insert into delivery_intent (sink, path_key, path, activity_id, provenance, size, sha256, replaces, event_id, unfinished, noted_at)
values (:sink, :key, :path, :activityId, :provenance, :size, :sha256, :replaces, :eventId, :unfinished, :now)
on conflict (sink, path_key) do update set
  path = excluded.path, provenance = excluded.provenance, size = excluded.size, sha256 = excluded.sha256,
  replaces = excluded.replaces, event_id = excluded.event_id, unfinished = excluded.unfinished, noted_at = excluded.noted_at
where delivery_intent.activity_id = excluded.activity_id
