delete from delivery_intent where sink = :sink and path_key = :key and activity_id = :activityId
