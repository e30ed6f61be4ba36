package io.fitroute.conversion;

import io.fitroute.fit.TrackField;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * TCX, as Garmin's TrainingCenterDatabase v2 and ActivityExtension v2 describe it. Of several
 * activities the first is taken. A lap is one track, and a further track in it comes after a pause.
 * The cadence of a run is that of one leg, as in FIT.
 */
final class TcxElements implements Elements {

  private static final int MOST_LAPS = 10_000;

  private static final Map<String, TrackField> FIELDS =
      Map.of(
          "Trackpoint/AltitudeMeters", TrackField.ALTITUDE,
          "Trackpoint/DistanceMeters", TrackField.DISTANCE,
          "HeartRateBpm/Value", TrackField.HEART_RATE,
          "Trackpoint/Cadence", TrackField.CADENCE,
          "TPX/RunCadence", TrackField.CADENCE,
          "TPX/Speed", TrackField.SPEED,
          "TPX/Watts", TrackField.POWER);

  private final Points points = new Points();
  private final List<SourceLap> laps = new ArrayList<>();
  private Optional<LapInProgress> lap = Optional.empty();
  private Optional<PointInProgress> point = Optional.empty();
  private Optional<String> sport = Optional.empty();
  private Optional<String> device = Optional.empty();
  private boolean within;
  private int activities;
  private int courses;

  @Override
  public void start(String element, String parent, UnaryOperator<String> attributes)
      throws CannotConvert {
    if (element.equals("Course") || attributes.apply("type").endsWith("Course_t")) {
      courses++;
    } else if (element.equals("Activity")) {
      activities++;
      within = activities == 1;
      sport = within ? ElementText.name(attributes.apply("Sport")) : sport;
    } else if (within && element.equals("Lap")) {
      if (laps.size() == MOST_LAPS) {
        throw new CannotConvert("it has more than %d laps".formatted(MOST_LAPS));
      }
      lap = Optional.of(new LapInProgress(attributes.apply("StartTime")));
    } else if (within && element.equals("Trackpoint")) {
      point = Optional.of(new PointInProgress());
    }
  }

  @Override
  public void end(String element, String parent, String text) throws CannotConvert {
    if (!within) {
      return;
    }
    if (element.equals("Trackpoint") && point.isPresent()) {
      points.add(point.get());
      point = Optional.empty();
    } else if (point.isPresent()) {
      endWithin(point.get(), parent + "/" + element, text);
    } else if (element.equals("Track")) {
      points.endSegment();
    } else if (element.equals("Lap") && lap.isPresent()) {
      laps.add(lap.get().lap(points.takeSegments()));
      lap = Optional.empty();
    } else if (lap.isPresent()) {
      lap.get().set(parent + "/" + element, text);
    } else if (element.equals("Name") && parent.equals("Creator")) {
      device = ElementText.name(text);
    } else if (element.equals("Activity")) {
      within = false;
    }
  }

  private static void endWithin(PointInProgress point, String path, String text) {
    switch (path) {
      case "Trackpoint/Time" -> point.time(text);
      case "Position/LatitudeDegrees" -> point.latitude(text);
      case "Position/LongitudeDegrees" -> point.longitude(text);
      default -> {
        if (FIELDS.containsKey(path)) {
          point.set(FIELDS.get(path), text);
        }
      }
    }
  }

  @Override
  public SourceActivity activity() throws CannotConvert {
    if (activities == 0) {
      throw new CannotConvert(
          courses > 0 ? "it is a course, not a recorded activity" : "it contains no activity");
    }
    if (points.hasNoTimes()) {
      throw new CannotConvert("the track has no times");
    }
    if (laps.isEmpty()) {
      throw new CannotConvert("the activity has no laps");
    }
    List<String> notes = new ArrayList<>(points.notes());
    if (activities > 1) {
      notes.add(
          "the file has %d activities, of which only the first was converted"
              .formatted(activities));
    }
    return new SourceActivity(
        laps, SportNames.sport(sport), Optional.empty(), device, points.offset(), notes);
  }
}
