insert into athlete (id, name, access_token, refresh_token, expires_at, scope, state, reason, updated_at)
values (:id, :name, :accessToken, :refreshToken, :expiresAt, :scope, 'connected', null, :now)
on conflict (id) do update set
  name = excluded.name, access_token = excluded.access_token, refresh_token = excluded.refresh_token,
  expires_at = excluded.expires_at, scope = excluded.scope, state = 'connected', reason = null, renewal_cut = 0,
  generation = athlete.generation + 1, updated_at = excluded.updated_at
