package io.fitroute.conversion;

import static java.util.Map.entry;

import io.fitroute.fit.TrackField;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What the elements of GPX 1.0, GPX 1.1 and TCX say; no name means one thing in GPX and another in
 * TCX. All tracks of a GPX document are one lap, without its routes and waypoints. Of the
 * activities in TCX the first is taken. Extensions count wherever they stand in a point: Garmin's
 * TrackPointExtension and ActivityExtension, and those that others made with the same names.
 *
 * <p>Names are without the prefix of a namespace.
 */
final class ActivityElements {

  /** Almost six days at one point a second. */
  private static final int MOST_POINTS = 500_000;

  private static final int MOST_LAPS = 10_000;

  private static final Map<String, TrackField> FIELDS =
      Map.ofEntries(
          entry("ele", TrackField.ALTITUDE),
          entry("AltitudeMeters", TrackField.ALTITUDE),
          entry("DistanceMeters", TrackField.DISTANCE),
          entry("hr", TrackField.HEART_RATE),
          entry("heartrate", TrackField.HEART_RATE),
          entry("Value", TrackField.HEART_RATE),
          entry("cad", TrackField.CADENCE),
          entry("cadence", TrackField.CADENCE),
          entry("Cadence", TrackField.CADENCE),
          entry("RunCadence", TrackField.CADENCE),
          entry("atemp", TrackField.TEMPERATURE),
          entry("temp", TrackField.TEMPERATURE),
          entry("speed", TrackField.SPEED),
          entry("Speed", TrackField.SPEED),
          entry("power", TrackField.POWER),
          entry("PowerInWatts", TrackField.POWER),
          entry("Watts", TrackField.POWER),
          entry("LatitudeDegrees", TrackField.POSITION));

  private final List<DocumentLap> laps = new ArrayList<>();
  private Optional<DocumentPoint> point = Optional.empty();
  private Optional<String> sport = Optional.empty();
  private Optional<String> name = Optional.empty();
  private Optional<String> device = Optional.empty();
  private Optional<ZoneOffset> offset = Optional.empty();
  private boolean gpx;
  private boolean within;
  private boolean course;
  private int activities;
  private int points;
  private int timeless;

  /**
   * An element begins.
   *
   * @param attributes the text of an attribute by its name; empty if there is no such attribute
   */
  void start(String element, UnaryOperator<String> attributes) throws CannotConvert {
    switch (gpx ? "gpx:" + element : element) {
      case "gpx" -> {
        gpx = true;
        within = true;
        device = ElementText.name(attributes.apply("creator"));
        beginLap("");
      }
      case "Course" -> course = true;
      case "Activity" -> beginActivity(attributes);
      case "Lap" -> beginLap(attributes.apply("StartTime"));
      case "gpx:trkseg", "Track" -> lap().ifPresent(DocumentLap::beginSegment);
      case "gpx:trkpt", "Trackpoint" ->
          point =
              lap().map(any -> new DocumentPoint(attributes.apply("lat"), attributes.apply("lon")));
      default -> {
        // told by its text
      }
    }
  }

  private void beginActivity(UnaryOperator<String> attributes) {
    if (attributes.apply("type").endsWith("Course_t")) {
      course = true;
      return;
    }
    activities++;
    within = activities == 1;
    sport = within ? ElementText.name(attributes.apply("Sport")) : sport;
  }

  private void beginLap(String start) throws CannotConvert {
    if (laps.size() == MOST_LAPS) {
      throw new CannotConvert("it has more than %d laps".formatted(MOST_LAPS));
    }
    if (within) {
      laps.add(new DocumentLap(start));
    }
  }

  private Optional<DocumentLap> lap() {
    return within && !laps.isEmpty() ? Optional.of(laps.get(laps.size() - 1)) : Optional.empty();
  }

  /**
   * An element ends.
   *
   * @param parent the element around it
   * @param text what stands between its last tag and its end
   */
  void end(String element, String parent, String text) throws CannotConvert {
    String path = parent + "/" + element;
    if (point.isPresent() && (element.equals("trkpt") || element.equals("Trackpoint"))) {
      endPoint(point.get());
    } else if (point.isPresent()) {
      endWithinPoint(point.get(), path, element, text);
    } else if (within) {
      switch (path) {
        case "trk/name" -> name = name.or(() -> ElementText.name(text));
        case "trk/type" -> sport = sport.or(() -> ElementText.name(text));
        case "Creator/Name" -> device = ElementText.name(text);
        default -> lap().ifPresent(lap -> lap.set(path, text));
      }
      within = gpx || !element.equals("Activity");
    }
  }

  private void endWithinPoint(DocumentPoint read, String path, String element, String text) {
    switch (path) {
      case "trkpt/time", "Trackpoint/Time" -> {
        Optional<OffsetDateTime> time = ElementText.time(text);
        read.time(time);
        offset = offset.or(() -> time.map(OffsetDateTime::getOffset));
      }
      case "Position/LongitudeDegrees" -> read.longitude(ElementText.number(text));
      default -> {
        if (FIELDS.containsKey(element)) {
          read.set(FIELDS.get(element), ElementText.number(text));
        }
      }
    }
  }

  private void endPoint(DocumentPoint read) throws CannotConvert {
    point = Optional.empty();
    points++;
    if (points > MOST_POINTS) {
      throw new CannotConvert("it has more than %d points".formatted(MOST_POINTS));
    }
    if (Double.isNaN(read.second())) {
      timeless++;
    } else {
      lap().ifPresent(lap -> lap.add(read));
    }
  }

  /** The document as a whole. */
  DocumentActivity activity() throws CannotConvert {
    if (laps.isEmpty()) {
      throw new CannotConvert(
          activities > 0
              ? "the activity has no laps"
              : course ? "it is a course, not a recorded activity" : "it contains no activity");
    }
    if (timeless > 0 && timeless == points) {
      throw new CannotConvert("the track has no times");
    }
    return new DocumentActivity(
        laps,
        SportNames.sport(sport),
        name,
        device,
        offset.filter(known -> known.getTotalSeconds() != 0),
        notes());
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (timeless > 0) {
      notes.add(
          "points left out because they have no usable time: %d of %d".formatted(timeless, points));
    }
    if (activities > 1) {
      notes.add("activities left out because only the first is converted: " + (activities - 1));
    }
    return notes;
  }
}
