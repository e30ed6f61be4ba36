delete from placement where sink = :sink and path_key = :key and activity_id = :activityId
