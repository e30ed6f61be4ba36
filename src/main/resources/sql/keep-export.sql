insert into kept_export (activity_id, provenance, place, size, sha256, kept_at)
values (:activityId, :provenance, :place, :size, :sha256, :now)
on conflict (activity_id) do update set
  provenance = excluded.provenance, place = excluded.place, size = excluded.size, sha256 = excluded.sha256,
  kept_at = excluded.kept_at
