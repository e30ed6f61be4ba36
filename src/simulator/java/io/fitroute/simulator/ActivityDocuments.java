package io.fitroute.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;

/** An activity as the API returns it: in lists, in full, and as streams. */
final class ActivityDocuments {

  private static final DateTimeFormatter FALSE_UTC =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'");
  private static final LocalTime HIDDEN_START = LocalTime.of(0, 0, 1);
  static final long FIRST_UPLOAD_ID = 1_141_000_111L;
  private static final int SUMMARY_STRIDE = 25;
  private static final double CALORIES_PER_METRE = 0.07;

  private ActivityDocuments() {}

  /** The shape of list entries: no laps, no calories, a coarse map. */
  static ObjectNode summary(SimulatedActivity activity) {
    ObjectNode document = Json.object().put("resource_state", 2);
    document.putObject("athlete").put("id", activity.athleteId()).put("resource_state", 1);
    identity(document, activity);
    times(document, activity);
    flags(document, activity);
    if (activity.hasStreams()) {
      measured(document, activity, Track.of(activity));
    } else {
      unmeasured(document, activity);
    }
    return document;
  }

  /** The document of {@code GET /activities/{id}}. */
  static ObjectNode details(SimulatedActivity activity) {
    ObjectNode document = summary(activity).put("resource_state", 3);
    document.put("description", "").put("calories", calories(activity));
    document.putArray("segment_efforts");
    document.putArray("best_efforts");
    document.putArray("photos");
    ArrayNode laps = document.putArray("laps");
    ArrayNode splits = document.putArray("splits_metric");
    ObjectNode map = (ObjectNode) document.get("map");
    map.put("resource_state", 3).put("polyline", "");
    if (activity.hasStreams()) {
      Track track = Track.of(activity);
      List<Track.Lap> watchLaps = track.laps();
      for (int i = 0; i < watchLaps.size(); i++) {
        laps.add(lap(activity, track, watchLaps.get(i), i + 1));
        splits.add(split(track, watchLaps.get(i), i + 1));
      }
      if (activity.gps()) {
        map.put("polyline", PolylineEncoder.encode(track, 1));
      }
    }
    return document;
  }

  /** Those of the named streams that the activity has, by type. */
  static ObjectNode streams(SimulatedActivity activity, List<String> keys) {
    Track track = Track.of(activity);
    ObjectNode streams = Json.object();
    for (String key : keys) {
      ArrayNode data = data(activity, track, key);
      if (!data.isEmpty()) {
        ObjectNode stream = streams.putObject(key);
        stream.set("data", data);
        stream
            .put("series_type", "distance")
            .put("original_size", track.size())
            .put("resolution", "high");
      }
    }
    return streams;
  }

  private static void identity(ObjectNode document, SimulatedActivity activity) {
    document
        .put("id", activity.id())
        .put("name", activity.name())
        .put("type", SportTypes.legacyType(activity.sportType()))
        .put("sport_type", activity.sportType())
        .putNull("workout_type");
    if (activity.manual()) {
      document.putNull("external_id").putNull("upload_id");
      return;
    }
    long uploadId = FIRST_UPLOAD_ID + activity.id();
    document
        .put("external_id", "garmin_push_" + activity.id())
        .put("upload_id", uploadId)
        .put("upload_id_str", Long.toString(uploadId));
    if (!activity.device().isEmpty()) {
      document.put("device_name", activity.device());
    }
  }

  private static void times(ObjectNode document, SimulatedActivity activity) {
    Instant start = activity.start();
    ZoneOffset offset = activity.zone().getRules().getOffset(start);
    ZoneOffset standard = activity.zone().getRules().getStandardOffset(start);
    LocalDateTime utc = LocalDateTime.ofInstant(start, ZoneOffset.UTC);
    LocalDateTime local = LocalDateTime.ofInstant(start, offset);
    if (activity.hiddenStart()) {
      utc = utc.toLocalDate().atTime(HIDDEN_START);
      local = local.toLocalDate().atTime(HIDDEN_START);
    }
    String id = standard.getTotalSeconds() == 0 ? "+00:00" : standard.getId();
    document
        .put("start_date", FALSE_UTC.format(utc))
        .put("start_date_local", FALSE_UTC.format(local))
        .put("timezone", "(GMT" + id + ") " + activity.zone().getId())
        .put("utc_offset", (double) offset.getTotalSeconds());
  }

  private static void flags(ObjectNode document, SimulatedActivity activity) {
    document
        .put("manual", activity.manual())
        .put("private", activity.visibility() == Visibility.ONLY_ME)
        .put("visibility", activity.visibility().apiName())
        .put("trainer", activity.trainer())
        .put("commute", false)
        .put("flagged", false)
        .put("hide_from_home", false)
        .putNull("gear_id")
        .put("has_heartrate", activity.hasStreams() && activity.heartRate());
  }

  private static void measured(ObjectNode document, SimulatedActivity activity, Track track) {
    int last = track.size() - 1;
    document
        .put("distance", track.distance[last])
        .put("moving_time", track.movingSeconds(0, last))
        .put("elapsed_time", track.time[last])
        .put("total_elevation_gain", track.climb(0, last))
        .put("elev_high", Arrays.stream(track.altitude).max().orElseThrow())
        .put("elev_low", Arrays.stream(track.altitude).min().orElseThrow())
        .put("average_speed", speed(track.distance[last], last))
        .put("max_speed", Arrays.stream(track.speed).max().orElseThrow())
        .put("average_cadence", tenth(average(track.cadence, 0, last)));
    if (activity.heartRate()) {
      document
          .put("average_heartrate", tenth(average(track.heartRate, 0, last)))
          .put("max_heartrate", (double) maximum(track.heartRate, 0, last));
    }
    document.set("start_latlng", activity.gps() ? point(track, 0) : Json.array());
    document.set("end_latlng", activity.gps() ? point(track, last) : Json.array());
    String line = activity.gps() ? PolylineEncoder.encode(track, SUMMARY_STRIDE) : "";
    map(document, activity, line);
  }

  private static void unmeasured(ObjectNode document, SimulatedActivity activity) {
    long moving = activity.movingTime().toSeconds();
    document
        .put("distance", activity.distance())
        .put("moving_time", moving)
        .put("elapsed_time", activity.elapsedTime().toSeconds())
        .put("total_elevation_gain", 0)
        .put("average_speed", speed(activity.distance(), moving))
        .put("max_speed", 0);
    document.putArray("start_latlng");
    document.putArray("end_latlng");
    map(document, activity, "");
  }

  private static void map(ObjectNode document, SimulatedActivity activity, String line) {
    document
        .putObject("map")
        .put("id", "a" + activity.id())
        .put("summary_polyline", line)
        .put("resource_state", 2);
  }

  private static ObjectNode lap(
      SimulatedActivity activity, Track track, Track.Lap lap, int number) {
    int first = lap.first();
    int last = lap.last();
    Instant start = activity.start().plusSeconds(track.time[first]);
    LocalDateTime local = LocalDateTime.ofInstant(start, activity.zone());
    double length = track.distance[last] - track.distance[first];
    int moving = track.movingSeconds(first, last);
    ObjectNode document =
        Json.object()
            .put("id", activity.id() + number)
            .put("resource_state", 2)
            .put("name", "Lap " + number)
            .put("elapsed_time", track.time[last] - track.time[first])
            .put("moving_time", moving)
            .put("start_date", FALSE_UTC.format(LocalDateTime.ofInstant(start, ZoneOffset.UTC)))
            .put("start_date_local", FALSE_UTC.format(local))
            .put("distance", tenth(length))
            .put("start_index", first)
            .put("end_index", last)
            .put("lap_index", number)
            .put("split", number)
            .put("average_speed", speed(length, moving))
            .put("max_speed", Arrays.stream(track.speed, first, last + 1).max().orElseThrow())
            .put("average_cadence", tenth(average(track.cadence, first, last)))
            .put("total_elevation_gain", track.climb(first, last))
            .put("pace_zone", 0);
    if (activity.heartRate()) {
      document
          .put("average_heartrate", tenth(average(track.heartRate, first, last)))
          .put("max_heartrate", (double) maximum(track.heartRate, first, last));
    }
    return document;
  }

  private static ObjectNode split(Track track, Track.Lap lap, int number) {
    double length = track.distance[lap.last()] - track.distance[lap.first()];
    int moving = track.movingSeconds(lap.first(), lap.last());
    return Json.object()
        .put("distance", tenth(length))
        .put("elapsed_time", track.time[lap.last()] - track.time[lap.first()])
        .put("moving_time", moving)
        .put(
            "elevation_difference", tenth(track.altitude[lap.last()] - track.altitude[lap.first()]))
        .put("average_speed", speed(length, moving))
        .put("split", number)
        .put("pace_zone", 0);
  }

  private static ArrayNode data(SimulatedActivity activity, Track track, String key) {
    return switch (key) {
      case "time" -> integers(track.time);
      case "distance" -> decimals(track.distance);
      case "latlng" -> activity.gps() ? positions(track) : Json.array();
      case "altitude" -> activity.gps() ? decimals(track.altitude) : Json.array();
      case "velocity_smooth" -> decimals(track.speed);
      case "heartrate" -> activity.heartRate() ? integers(track.heartRate) : Json.array();
      case "cadence" -> integers(track.cadence);
      case "moving" -> moving(track);
      case "grade_smooth" -> activity.gps() ? grades(track) : Json.array();
      default -> Json.array();
    };
  }

  private static ArrayNode integers(int[] values) {
    ArrayNode data = Json.array();
    Arrays.stream(values).forEach(data::add);
    return data;
  }

  private static ArrayNode decimals(double[] values) {
    ArrayNode data = Json.array();
    Arrays.stream(values).forEach(data::add);
    return data;
  }

  private static ArrayNode positions(Track track) {
    ArrayNode data = Json.array();
    for (int i = 0; i < track.size(); i++) {
      data.add(point(track, i));
    }
    return data;
  }

  private static ArrayNode moving(Track track) {
    ArrayNode data = Json.array();
    for (int i = 0; i < track.size(); i++) {
      data.add(i == 0 || track.time[i] - track.time[i - 1] == 1);
    }
    return data;
  }

  private static ArrayNode grades(Track track) {
    ArrayNode data = Json.array().add(0.0);
    for (int i = 1; i < track.size(); i++) {
      double run = track.distance[i] - track.distance[i - 1];
      data.add(run == 0 ? 0.0 : tenth(100 * (track.altitude[i] - track.altitude[i - 1]) / run));
    }
    return data;
  }

  private static JsonNode point(Track track, int index) {
    return Json.array().add(track.latitude[index]).add(track.longitude[index]);
  }

  private static double calories(SimulatedActivity activity) {
    return tenth(activity.distance() * CALORIES_PER_METRE);
  }

  private static double speed(double metres, long seconds) {
    return seconds == 0 ? 0 : Math.round(metres / seconds * 1000) / 1000.0;
  }

  private static double average(int[] values, int first, int last) {
    return Arrays.stream(values, first, last + 1).average().orElseThrow();
  }

  private static int maximum(int[] values, int first, int last) {
    return Arrays.stream(values, first, last + 1).max().orElseThrow();
  }

  private static double tenth(double value) {
    return Math.round(value * 10) / 10.0;
  }
}
