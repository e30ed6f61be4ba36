-- Notes what is about to be put at a sink, if the event is still ours.
insert into placement (activity_id, sink, path, provenance, size, sha256, event_id, noted_at)
select :activityId, :sink, :path, :provenance, :size, :sha256, id, :now
from event where id = :eventId and lease = :lease
on conflict (activity_id, sink, path, sha256) do update set event_id = excluded.event_id, noted_at = excluded.noted_at
