-- The ledger. Times are milliseconds since 1970-01-01T00:00:00Z; flags are 0 or 1; the same text serves SQLite and PostgreSQL.

-- What the inbox holds. An event is pending until it is settled. due_at is the time of its next attempt; while a
-- worker holds it (lease), it is the time at which others may take it over; it is null while an earlier event of
-- the same object is pending, which is what keeps events of one object in order and one at a time. released is 1
-- when somebody has looked at it and put it back by hand; hasten is 1 when it has been brought forward (while a worker has
-- it: is to be tried again at once if it has to be tried again), last at hastened_at, and 2 during the attempt that comes
-- of it, which does not count; asked is 1 once Strava was asked for the sake of it.
create table event (
  id              ${identity},
  origin          text    not null,
  priority            integer not null,
  subscription_id bigint  not null,
  object_type     text    not null,
  object_id       text    not null,
  aspect          text    not null,
  owner_id        text    not null,
  event_time      bigint  not null,
  updates         text    not null,
  received_at     bigint  not null,
  state           text    not null,
  due_at          bigint,
  lease           text,
  failures        integer not null default 0,
  not_ready       integer not null default 0,
  reason          text,
  released        integer not null default 0,
  hasten          integer not null default 0,
  hastened_at     bigint,
  asked           integer not null default 0,
  settled_at      bigint
);

create unique index event_once on event (object_id, event_time, object_type, aspect, origin, subscription_id, updates);
create unique index event_turn on event (object_type, object_id) where due_at is not null;
create index event_due on event (priority, due_at, id) where due_at is not null;
create index event_waiting on event (object_type, object_id, event_time) where state = 'pending' and due_at is null;
create index event_settled on event (settled_at) where settled_at is not null;
create index event_ignored on event (settled_at) where state = 'skipped' and asked = 0 and priority = 0;
create index event_hastened on event (object_type, object_id, hastened_at) where hastened_at is not null;
-- Of an athlete: what was put back for a later attempt, and what workers have. An event that is new is in neither.
create index event_put_back on event (owner_id) where state = 'pending' and reason is not null;
create index event_of_batch on event (event_time) where origin = 'backfill';
create index event_leased on event (owner_id) where lease is not null;

-- What was done about each event, in words, one row a step.
create table event_log (
  event_id bigint not null,
  at       bigint not null,
  step     text   not null
);

create index story_of_event on event_log (event_id, at);

-- What is known of an activity; docs/runs.md tells of each column. First what the work needs, and keeps: original_format (fit, gpx, tcx, json) once its
-- original was seen, deleted_at once it is gone from Strava. Below are its details, all of them null where they are not stored, or no longer, and each
-- where Strava does not say: details is what Strava answered, as JSON. Metres, seconds, beats a minute, kilocalories, degrees.
create table activity (
  id                text    not null primary key,
  athlete_id        text    not null,
  sport_type        text    not null,
  start_time        bigint  not null,
  start_local       text    not null,
  manual            integer not null,
  original_format   text,
  read_at           bigint  not null,
  deleted_at        bigint,
  name              text,
  private           integer,
  visibility        text,
  utc_offset        integer,
  distance          double precision,
  moving_time       integer,
  elapsed_time      integer,
  elevation_gain    double precision,
  average_speed     double precision,
  max_speed         double precision,
  average_heartrate double precision,
  max_heartrate     double precision,
  calories          double precision,
  start_latitude    double precision,
  start_longitude   double precision,
  end_latitude      double precision,
  end_longitude     double precision,
  polyline          text,
  device            text,
  details           text
);

create index activity_start on activity (start_time);
create index activity_with_details on activity (read_at) where details is not null;

-- The numbers of a delivered file, by activity and content; docs/runs.md tells of each column. All come from the file, and stay, but for the title and
-- the visibility: what Strava's API says of these stays until it is forgotten at details_at, which is null for what the athlete's own archive says.
-- Metres, seconds, beats, turns and steps of one leg a minute, watts, kilocalories, degrees; null where the file does not say.
create table recording (
  activity_id        text   not null,
  sha256             text   not null,
  provenance         text   not null,
  athlete_id         text   not null,
  recorded_at        bigint not null,
  title              text,
  visibility         text,
  details_at         bigint,
  start_time         bigint,
  start_local        text,
  sport              text,
  device             text,
  distance           double precision,
  timer_time         double precision,
  elapsed_time       double precision,
  ascent             double precision,
  descent            double precision,
  average_heart_rate double precision,
  maximum_heart_rate double precision,
  average_cadence    double precision,
  maximum_cadence    double precision,
  average_power      double precision,
  maximum_power      double precision,
  calories           double precision,
  laps               double precision,
  best_1_km          double precision,
  best_5_km          double precision,
  best_10_km         double precision,
  best_half_marathon double precision,
  start_latitude     double precision,
  start_longitude    double precision,
  end_latitude       double precision,
  end_longitude      double precision,
  south              double precision,
  west               double precision,
  north              double precision,
  east               double precision,
  track              text,
  overview           text,
  primary key (activity_id, sha256)
);

create index recording_with_details on recording (details_at) where details_at is not null;

-- What is known of each run: by its file if there is one, an uploaded one first, and by what the API says where the file does not. Whether others
-- may see it counts as no while it is not known.
create view known_run as
select * from (
  select coalesce(activity.id, recording.activity_id) as id,
         coalesce(activity.athlete_id, recording.athlete_id) as athlete_id,
         coalesce(activity.sport_type,
                  case when recording.sport like 'running%trail' then 'TrailRun'
                       when recording.sport like 'running%virtual%' then 'VirtualRun'
                       when recording.sport like 'running%' then 'Run'
                       else 'unknown' end) as sport_type,
         coalesce(activity.name, recording.title) as name,
         coalesce(recording.start_time, activity.start_time) as start_time,
         coalesce(recording.start_local, activity.start_local, ${utc_text}) as start_local,
         coalesce(recording.distance, activity.distance) as distance,
         coalesce(recording.timer_time, activity.moving_time) as moving_time,
         coalesce(recording.elapsed_time, activity.elapsed_time) as elapsed_time,
         coalesce(recording.ascent, activity.elevation_gain) as elevation_gain,
         recording.descent,
         coalesce(recording.distance / nullif(recording.timer_time, 0), activity.average_speed) as average_speed,
         activity.max_speed,
         coalesce(recording.average_heart_rate, activity.average_heartrate) as average_heartrate,
         coalesce(recording.maximum_heart_rate, activity.max_heartrate) as max_heartrate,
         recording.average_cadence, recording.average_power,
         coalesce(recording.calories, activity.calories) as calories,
         recording.laps, recording.best_1_km, recording.best_5_km, recording.best_10_km, recording.best_half_marathon,
         coalesce(activity.manual, 0) as manual,
         coalesce(activity.private, case when coalesce(recording.visibility, 'only_me') = 'only_me' then 1 else 0 end) as private,
         coalesce(recording.device, activity.device) as device,
         coalesce(recording.start_latitude, activity.start_latitude) as start_latitude,
         coalesce(recording.start_longitude, activity.start_longitude) as start_longitude,
         coalesce(recording.end_latitude, activity.end_latitude) as end_latitude,
         coalesce(recording.end_longitude, activity.end_longitude) as end_longitude,
         coalesce(recording.track, activity.polyline) as polyline,
         recording.overview, recording.provenance,
         activity.deleted_at
  from activity
  full join (select one.* from recording one
             where one.sha256 = (select best.sha256 from recording best
                                 where best.activity_id = one.activity_id
                                 order by case best.provenance when 'streams' then 1 else 0 end, best.recorded_at desc, best.sha256
                                 limit 1)) recording
    on recording.activity_id = activity.id
) known
where deleted_at is null and start_time is not null and sport_type in ('Run', 'TrailRun', 'VirtualRun');

-- Runs, ready for charts: kilometres, minutes, seconds a kilometre.
create view runs as
select id, athlete_id, sport_type, name,
       ${local_date} as date, substr(start_local, 1, 7) as month,
       ${local_time} as start_local, ${utc_time} as start_utc,
       round(cast(distance / 1000 as numeric), 2) as km,
       round(cast(moving_time / 60.0 as numeric), 1) as minutes,
       round(cast(elapsed_time / 60.0 as numeric), 1) as elapsed_minutes,
       pace_seconds,
       cast(pace_seconds / 60 as text) || ':' || substr(cast(100 + pace_seconds % 60 as text), 2) as pace,
       round(cast(average_speed * 3.6 as numeric), 1) as kmh,
       round(cast(max_speed * 3.6 as numeric), 1) as max_kmh,
       round(cast(elevation_gain as numeric), 0) as elevation_gain,
       round(cast(descent as numeric), 0) as descent,
       round(cast(average_heartrate as numeric), 0) as average_heartrate,
       round(cast(max_heartrate as numeric), 0) as max_heartrate,
       round(cast(average_cadence as numeric), 0) as average_cadence,
       round(cast(average_power as numeric), 0) as average_power,
       round(cast(calories as numeric), 0) as calories,
       cast(laps as bigint) as laps,
       round(cast(best_1_km as numeric), 0) as best_1_km,
       round(cast(best_5_km as numeric), 0) as best_5_km,
       round(cast(best_10_km as numeric), 0) as best_10_km,
       round(cast(best_half_marathon as numeric), 0) as best_half_marathon,
       manual, private, device, provenance, start_latitude, start_longitude, end_latitude, end_longitude, polyline, overview
from (
  select known_run.*,
         case when distance >= 100 then cast(round(moving_time * 1000.0 / distance) as bigint) end as pace_seconds
  from known_run
) run;

-- The same by month and athlete; measured is how many of the runs have a distance that is known.
create view runs_by_month as
select athlete_id, month, runs, measured,
       round(cast(distance / 1000 as numeric), 1) as km,
       round(cast(longest / 1000 as numeric), 1) as longest_km,
       round(cast(moving_time / 3600.0 as numeric), 1) as hours,
       round(cast(elevation_gain as numeric), 0) as elevation_gain,
       pace_seconds,
       cast(pace_seconds / 60 as text) || ':' || substr(cast(100 + pace_seconds % 60 as text), 2) as pace
from (
  select athlete_id, substr(start_local, 1, 7) as month, count(*) as runs, count(distance) as measured,
         sum(distance) as distance, max(distance) as longest, sum(moving_time) as moving_time,
         sum(elevation_gain) as elevation_gain,
         cast(round(sum(case when distance >= 100 then moving_time end) * 1000.0
                    / sum(case when distance >= 100 and moving_time is not null then distance end)) as bigint) as pace_seconds
  from known_run
  group by athlete_id, substr(start_local, 1, 7)
) month;

-- One row for an activity at a sink: the file is there.
create table delivery (
  activity_id  text   not null,
  sink         text   not null,
  path         text   not null,
  provenance   text   not null,
  size         bigint not null,
  sha256       text   not null,
  event_id     bigint not null,
  delivered_at bigint not null,
  primary key (activity_id, sink)
);

create index delivery_time on delivery (delivered_at);

-- Sinks that have not taken an activity's file yet, though others may have: how often each was tried, and when it is next.
create table pending_delivery (
  activity_id text    not null,
  sink        text    not null,
  attempts    integer not null,
  due_at      bigint  not null,
  reason      text    not null,
  primary key (activity_id, sink)
);

-- Exports that lie in data.dir until every sink has them. place is the path below the sinks.
create table kept_export (
  activity_id text   not null primary key,
  provenance  text   not null,
  place       text   not null,
  size        bigint not null,
  sha256      text   not null,
  kept_at     bigint not null
);

-- Paths at sinks that belong to an activity: each is reserved before the file is put there, and until it is removed, so that
-- no two activities ever share one. path_key is the path as it looks where case and accents make no difference. While
-- unfinished is 1, that file may have been put there by an attempt that died: whoever works on the activity next asks the
-- sink for it. replaces is the path of the delivery whose place it takes, empty if there is none.
create table delivery_intent (
  sink        text    not null,
  path_key    text    not null,
  path        text    not null,
  activity_id text    not null,
  provenance  text    not null,
  size        bigint  not null,
  sha256      text    not null,
  replaces    text    not null,
  event_id    bigint  not null,
  unfinished  integer not null,
  noted_at    bigint  not null,
  primary key (sink, path_key)
);

create index delivery_intent_unfinished on delivery_intent (activity_id) where unfinished = 1;

-- Files that somebody wanted at Strava, by athlete and content, so that none is sent twice; sha256 is of the unpacked file. state: waiting;
-- sending (if that was interrupted, nobody knows whether Strava has it); processing; ready; duplicate (of activity_id); failed; deleted;
-- not-permitted. resent is 1 when it was sent before, so that a duplicate may be the file itself. asked_at is the time of its event. Texts are
-- empty and times 0 where there is nothing to say.
create table upload (
  athlete_id  text    not null,
  sha256      text    not null,
  name        text    not null,
  data_type   text    not null,
  state       text    not null,
  resent      integer not null default 0,
  looks       integer not null default 0,
  upload_id   text    not null default '',
  activity_id text    not null default '',
  reason      text    not null default '',
  asked_at    bigint  not null,
  sent_at     bigint  not null default 0,
  looked_at   bigint  not null default 0,
  primary key (athlete_id, sha256)
);

create index upload_sent on upload (athlete_id, sent_at);

-- Activities that are deleted at Strava, which Strava has confirmed: nothing fetches them again. confirmed_at is 0 where there
-- was no file; held is 1 while too many were deleted at once, until somebody has looked at it.
create table tombstone (
  activity_id  text   not null primary key,
  athlete_id   text   not null,
  event_time   bigint not null,
  held         integer not null,
  confirmed_at bigint not null
);

create index tombstone_of_athlete on tombstone (athlete_id, confirmed_at);
create index tombstone_held on tombstone (activity_id) where held = 1;

-- Who is connected, with the tokens in force, encrypted; generation counts how often they changed. state: connected or
-- must-reconnect; paused is 1 while nothing is to be fetched for the athlete; renewal_cut is 1 when somebody died while
-- renewing the tokens, so that Strava may refuse them for that, until there are others.
create table athlete (
  id            text   not null primary key,
  name          text   not null,
  access_token  text   not null,
  refresh_token text   not null,
  expires_at    bigint not null,
  scope         text   not null,
  state         text   not null,
  reason        text,
  generation    bigint not null default 1,
  paused        integer not null default 0,
  renewal_cut   integer not null default 0,
  updated_at    bigint not null
);

-- The key that tokens are encrypted with, by its id; the key itself is never here. One row.
create table data_key (
  one    integer not null primary key,
  key_id text    not null,
  since  bigint  not null
);

-- Tokens that were given by setting, by their hash, encrypted; kept until their athlete is known. refusal: why that cannot be learnt.
create table configured_token (
  fingerprint   text   not null primary key,
  access_token  text   not null,
  refresh_token text   not null,
  expires_at    bigint not null,
  athlete_id    text,
  refusal       text,
  updated_at    bigint not null
);

-- Who renews an athlete's tokens at the moment, and until when others leave it alone.
create table token_refresh_lock (
  athlete_id text   not null primary key,
  holder     text   not null,
  until_time bigint not null
);

-- The application's webhook subscription at Strava.
create table subscription (
  id           bigint not null primary key,
  callback_url text   not null,
  seen_at      bigint not null
);

-- When the list of each athlete's activities was last asked for what no webhook told, with how many requests; and, once
-- that did not succeed, when it is tried again and why.
create table poll (
  athlete_id text    not null primary key,
  asked_at   bigint,
  requests   integer not null,
  retry_at   bigint,
  trouble    text
);

-- History that somebody asked for: how far the list of activities has been read, which is until it began at before_time
-- (seconds; null at the beginning; boundary lists the activities of that second), and what was in it. listed_at is when
-- it was read to its end; ended_at, when all that was found in it had come to its end.
create table batch (
  id          bigint  not null primary key,
  athlete_id  text    not null,
  options     text    not null,
  before_time bigint,
  boundary    text    not null,
  pages       integer not null,
  listed      integer not null,
  fresh       integer not null,
  known       integer not null,
  left_out    text    not null,
  listed_at   bigint,
  ended_at    bigint
);

-- What Strava last said of the API budget, one row a family (overall, read); absent counts what was not there.
create table budget (
  family      text    not null primary key,
  short_limit integer not null,
  short_usage integer not null,
  day_limit   integer not null,
  day_usage   integer not null,
  seen_at     bigint  not null,
  -- when an answer last told the limits
  limits_at   bigint  not null
);

-- What must not be tried before a time, and why.
create table pause (
  subject     text   not null primary key,
  until_time  bigint not null,
  reason      text   not null
);

-- Filled, and emptied at once, to learn whether writing works.
create table probe (
  filling text not null
);

-- Athletes who were sent to Strava for their permission, by the hash of the state with which they come back. A state
-- counts once and until expires_at; the row then says how it ended, for whoever waits for that.
create table oauth_state (
  state_hash text   not null primary key,
  expires_at bigint not null,
  used_at    bigint,
  athlete_id text,
  refusal    text
);

-- What the user should know and can mend, one row a subject, from when it was noticed until it is mended. summary is
-- fit for everybody's eyes, detail for the operator's.
create table notice (
  subject text   not null primary key,
  summary text   not null,
  detail  text   not null,
  since   bigint not null
);

-- Which of several services on one ledger does what only one has to do, and until when the others leave it to it.
create table leadership (
  task       text   not null primary key,
  holder     text   not null,
  until_time bigint not null
);

-- Sinks that take no files at present, and since when.
create table sink_trouble (
  sink  text   not null primary key,
  since bigint not null
);

-- Workouts that are at Intervals.icu, as which activity, and as of which change of Hevy's; deleted_at once they are gone from both.
create table workout (
  id          text   not null primary key,
  activity_id text   not null,
  title       text   not null,
  updated_at  bigint not null,
  synced_at   bigint not null,
  deleted_at  bigint
);

-- How far Hevy's feed of changes has been read: the time of the latest of them. One row.
create table workout_feed (
  one        integer not null primary key,
  since_time bigint  not null
);
