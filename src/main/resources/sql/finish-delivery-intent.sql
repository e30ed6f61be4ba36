update delivery_intent set unfinished = 0, replaces = '' where sink = :sink and path_key = :key and activity_id = :activityId
