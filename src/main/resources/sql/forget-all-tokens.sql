update athlete
set access_token = '', refresh_token = '', state = 'must-reconnect', reason = :reason,
    generation = generation + 1, updated_at = :now
