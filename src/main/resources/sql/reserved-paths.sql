-- Which of some paths are reserved, and for whom.
select path_key, activity_id from delivery_intent where sink = :sink and path_key in (:keys)
