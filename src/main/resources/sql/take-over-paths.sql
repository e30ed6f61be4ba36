update delivery_intent set activity_id = :id where activity_id = :own
