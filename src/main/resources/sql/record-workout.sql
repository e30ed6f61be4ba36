-- Records that a workout was written to Intervals.icu in the version of a change.
insert into workout (id, activity_id, title, updated_at, synced_at, deleted_at)
values (:id, :activityId, :title, :updatedAt, :now, null)
on conflict (id) do update
  set activity_id = excluded.activity_id, title = excluded.title, updated_at = excluded.updated_at,
      synced_at = excluded.synced_at, deleted_at = null
