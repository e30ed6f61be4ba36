update athlete
set access_token = :accessToken, refresh_token = :refreshToken, expires_at = :expiresAt,
    state = 'connected', reason = null, renewal_cut = 0, generation = generation + 1, updated_at = :now
where id = :id
