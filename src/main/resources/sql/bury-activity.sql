update tombstone set confirmed = 1, event_time = ? where activity_id = ?
