-- Those of the given paths that are reserved, with their activities.
select path_key, activity_id from delivery_intent where sink = :sink and path_key in (:keys)
