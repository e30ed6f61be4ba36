-- Each event with what is known of its activity, in the order in which they came.
select event.object_id as activity_id, coalesce(activity.name, '') as name,
       coalesce(activity.sport_type, '') as sport_type, event.state, coalesce(event.reason, '') as reason
from event left join activity on activity.id = event.object_id
order by event.id
