-- The deliveries of one provenance, oldest activity first.
select delivery.activity_id, activity.athlete_id, delivery.sink, delivery.path
from delivery join activity on activity.id = delivery.activity_id
where delivery.provenance = :provenance
order by activity.start_time, delivery.activity_id, delivery.sink
