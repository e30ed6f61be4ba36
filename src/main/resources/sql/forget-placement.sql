delete from placement where activity_id = :activityId and sink = :sink and path = :path and sha256 = :sha256
