insert into poll (athlete_id, asked_at, requests) values (:athleteId, :now, :requests)
on conflict (athlete_id) do update set asked_at = excluded.asked_at, requests = excluded.requests, retry_at = null, trouble = null
