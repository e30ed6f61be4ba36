-- Uses up a valid state.
update oauth_state set used_at = :now
where state_hash = :hash and used_at is null and expires_at > :now
