insert into delivery (activity_id, sink, path, provenance, size, sha256, event_id, delivered_at)
values (?, ?, ?, ?, ?, ?, ?, ?)
on conflict (activity_id, sink) do nothing
