insert into configured_token (fingerprint, access_token, refresh_token, expires_at, athlete_id, updated_at)
values (?, ?, ?, ?, null, ?)
on conflict do nothing
