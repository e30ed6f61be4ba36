-- The ledger. Times are milliseconds since 1970-01-01T00:00:00Z; flags are 0 or 1; the same text is used for SQLite and
-- PostgreSQL.

-- The inbox. An event is pending until it is settled. due_at is the time of its next attempt, or, while a worker holds
-- its lease, the time at which the lease expires. It is null while an earlier event of the same object is pending,
-- which keeps the events of an object in order and one at a time. released is 1 if it was put back by hand. hasten is 1
-- if it was brought forward (during an attempt this means that it is retried at once if the attempt fails), last at
-- hastened_at, and 2 during the resulting attempt, which does not count. asked is 1 once a request to Strava was made
-- for it.
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
-- An athlete's postponed events, and those in work. A new event is in neither index.
create index event_put_back on event (owner_id) where state = 'pending' and reason is not null;
create index event_of_batch on event (event_time) where origin = 'backfill';
create index event_leased on event (owner_id) where lease is not null;

-- What was done about each event, one row per step.
create table event_log (
  event_id bigint not null,
  at       bigint not null,
  step     text   not null
);

create index event_log_of_event on event_log (event_id, at);

-- The known activities; docs/runs.md documents each column. The first columns are needed for processing and are kept:
-- original_format (fit, gpx, tcx, json) is set once the original was seen, deleted_at once it is deleted at Strava. The
-- others are details, which are null if they are not or no longer stored or Strava does not report them; details is
-- Strava's response as JSON. Units: metres, seconds, beats per minute, kilocalories, degrees.
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

-- The numbers of a delivered file, by activity and content; docs/runs.md documents each column. All come from the file
-- and are kept, except title and visibility: if Strava's API reported them, they are erased some time after details_at;
-- if the athlete's own archive did, details_at is null. Units: metres, seconds, beats, crank revolutions or steps of
-- one leg per minute, watts, kilocalories, degrees; null if not in the file.
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

create index recording_start on recording (start_time) where start_time is not null;
create index recording_with_details on recording (details_at) where details_at is not null;

-- The known runs: by their file if there is one, preferably an uploaded one, and by the API for what the file does not
-- contain. A run of unknown visibility counts as private.
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

-- Runs for charts: kilometres, minutes, seconds per kilometre.
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

-- Runs by month and athlete; measured is the number of runs with a known distance.
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

-- The files at sinks, one row per activity and sink.
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
create index delivery_content on delivery (sha256);

-- Sinks that do not have an activity's file yet: the failed attempts and the time of the next one.
create table pending_delivery (
  activity_id text    not null,
  sink        text    not null,
  attempts    integer not null,
  due_at      bigint  not null,
  reason      text    not null,
  primary key (activity_id, sink)
);

-- Exports kept in data.dir until every sink has them. place is the path below the sinks.
create table kept_export (
  activity_id text   not null primary key,
  provenance  text   not null,
  place       text   not null,
  size        bigint not null,
  sha256      text   not null,
  kept_at     bigint not null
);

-- Paths at sinks that belong to an activity. Each is reserved before the file is put there and until it is removed, so
-- no two activities ever share one. path_key is the path in a form that ignores case and the encoding of accents. If
-- unfinished is 1, an attempt that died may have put the file there; the next attempt for the activity asks the sink
-- for it. replaces is the path of the delivery to be replaced, empty if there is none.
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

-- Files to be uploaded to Strava, by athlete and content, so that none is sent twice; sha256 is of the uncompressed file.
-- state: waiting; sending (if that was interrupted, it is unknown whether Strava has the file); processing; ready;
-- duplicate (of activity_id); failed; deleted; not-permitted. resent is 1 if the file was sent before, so that a
-- duplicate may be the file itself. asked_at is the time of its event. Texts are empty and times 0 where they do not
-- apply.
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

-- Deletions that Strava has confirmed; these activities are not fetched again. confirmed_at is 0 if there was no file;
-- held is 1 while too many were deleted at once, until a person has looked at it.
create table tombstone (
  activity_id  text   not null primary key,
  athlete_id   text   not null,
  event_time   bigint not null,
  held         integer not null,
  confirmed_at bigint not null
);

create index tombstone_of_athlete on tombstone (athlete_id, confirmed_at);
create index tombstone_held on tombstone (activity_id) where held = 1;

-- Connected athletes with their tokens, encrypted; generation is the number of times these have changed. state is
-- connected or must-reconnect; paused is 1 while nothing is fetched for the athlete; renewal_cut is 1 if a process died
-- during a token refresh, so that Strava may refuse the tokens for that reason, until there are new ones.
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

-- The id of the key that encrypts tokens; the key itself is never here. One row.
create table data_key (
  one    integer not null primary key,
  key_id text    not null,
  since  bigint  not null
);

-- Tokens from the settings by their hash, encrypted; kept until their athlete is known. refusal is why this cannot be
-- found out.
create table configured_token (
  fingerprint   text   not null primary key,
  access_token  text   not null,
  refresh_token text   not null,
  expires_at    bigint not null,
  athlete_id    text,
  refusal       text,
  updated_at    bigint not null
);

-- The process that is refreshing an athlete's tokens, and until when others wait for it.
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

-- The last poll of each athlete's list of activities and the number of its requests; after a failure, the time of the
-- next attempt and the reason.
create table poll (
  athlete_id text    not null primary key,
  asked_at   bigint,
  requests   integer not null,
  retry_at   bigint,
  trouble    text
);

-- Requested backfills. The list of activities has been read down to before_time (seconds; null at the beginning;
-- boundary lists the activities already read that began in the second before it); the counts describe what it
-- contained. listed_at is when it was read to its end, ended_at when all its events were settled.
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

-- Imports of files. what is the given path; version is its size and time, so that an interrupted import continues.
-- provenance is that of its files. read_at is when all of it had been read; undone_at, when it was undone.
create table import (
  id         bigint not null primary key,
  what       text   not null,
  version    text   not null,
  provenance text   not null,
  begun_at   bigint not null,
  read_at    bigint,
  undone_at  bigint
);

-- The result of each file of an import. state: imported, upgraded (it replaced a file written from streams), converted,
-- known, skipped, broken or undone; reason explains the last four. sha256 is of the file as it was found; event_id is
-- the event that delivers it; seeded is 1 if the activity was not known before.
create table import_entry (
  import_id   bigint  not null,
  name        text    not null,
  state       text    not null,
  reason      text    not null,
  activity_id text,
  sha256      text,
  event_id    bigint,
  seeded      integer not null,
  primary key (import_id, name)
);

create index import_entry_content on import_entry (sha256) where sha256 is not null;
create index import_entry_activity on import_entry (activity_id) where activity_id is not null;

-- The API budget as last reported by Strava, one row per family (overall, read); absent counts activities that did not
-- exist.
create table budget (
  family      text    not null primary key,
  short_limit integer not null,
  short_usage integer not null,
  day_limit   integer not null,
  day_usage   integer not null,
  seen_at     bigint  not null,
  -- when a response last reported the limits
  limits_at   bigint  not null
);

-- What must not be tried before a time, and why.
create table pause (
  subject     text   not null primary key,
  until_time  bigint not null,
  reason      text   not null
);

-- Written and deleted at once to check that writing works.
create table probe (
  filling text not null
);

-- Athletes who were sent to Strava's consent page, by the hash of their state. A state is valid once and until
-- expires_at; the row then holds the result.
create table oauth_state (
  state_hash text   not null primary key,
  expires_at bigint not null,
  used_at    bigint,
  athlete_id text,
  refusal    text
);

-- Problems that the user should know of and can resolve, one row per subject while they last. Anybody may see summary,
-- only the operator detail.
create table notice (
  subject text   not null primary key,
  summary text   not null,
  detail  text   not null,
  since   bigint not null
);

-- The service that does what must be done by one of several services on a ledger, and until when.
create table leadership (
  task       text   not null primary key,
  holder     text   not null,
  until_time bigint not null
);

-- Failing sinks, and since when.
create table sink_trouble (
  sink  text   not null primary key,
  since bigint not null
);

-- Workouts at Intervals.icu: their activity and the version of Hevy's they contain; deleted_at is set once they are
-- deleted at both.
create table workout (
  id          text   not null primary key,
  activity_id text   not null,
  title       text   not null,
  updated_at  bigint not null,
  synced_at   bigint not null,
  deleted_at  bigint
);

-- The time up to which Hevy's feed of changes has been read. One row.
create table workout_feed (
  one        integer not null primary key,
  since_time bigint  not null
);
