update import_entry set activity_id = :id where activity_id = :own
