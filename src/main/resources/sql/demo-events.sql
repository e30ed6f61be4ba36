-- All events with what is known of their activities, in order of arrival.
select event.object_id as activity_id, coalesce(activity.name, '') as name,
       coalesce(activity.sport_type, '') as sport_type, event.state, coalesce(event.reason, '') as reason
from event left join activity on activity.id = event.object_id
order by event.id
