-- Uses up an invitation that is still open.
update oauth_state set used_at = :now
where state_hash = :hash and used_at is null and expires_at > :now
