-- Records the result of a file of an import.
insert into import_entry (import_id, name, state, reason, activity_id, sha256, event_id, seeded)
values (:import, :name, :state, :reason, :activityId, :sha256, :eventId, :seeded)
on conflict (import_id, name) do update set
  state = excluded.state, reason = excluded.reason, activity_id = excluded.activity_id, sha256 = excluded.sha256,
  event_id = excluded.event_id, seeded = excluded.seeded
