insert into poll (athlete_id, requests, retry_at, trouble) values (:athleteId, 1, :retryAt, :trouble)
on conflict (athlete_id) do update set retry_at = excluded.retry_at, trouble = excluded.trouble
