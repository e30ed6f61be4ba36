package io.fitroute.conversion;

import io.fitroute.fit.TrackField;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * GPX 1.0 and 1.1. All its tracks are one activity, and between each two segments is a pause.
 * Routes and waypoints are not looked at. What Garmin's TrackPointExtension, and others with the
 * same names, tell of a point is taken wherever it stands in that point.
 */
final class GpxElements implements Elements {

  private static final Map<String, TrackField> FIELDS =
      Map.ofEntries(
          Map.entry("ele", TrackField.ALTITUDE),
          Map.entry("hr", TrackField.HEART_RATE),
          Map.entry("heartrate", TrackField.HEART_RATE),
          Map.entry("cad", TrackField.CADENCE),
          Map.entry("cadence", TrackField.CADENCE),
          Map.entry("atemp", TrackField.TEMPERATURE),
          Map.entry("temp", TrackField.TEMPERATURE),
          Map.entry("speed", TrackField.SPEED),
          Map.entry("power", TrackField.POWER),
          Map.entry("PowerInWatts", TrackField.POWER));

  private final Points points = new Points();
  private Optional<PointInProgress> point = Optional.empty();
  private Optional<String> name = Optional.empty();
  private Optional<String> type = Optional.empty();
  private Optional<String> creator = Optional.empty();
  private boolean hasTrack;

  @Override
  public void start(String element, String parent, UnaryOperator<String> attributes) {
    switch (element) {
      case "gpx" -> creator = ElementText.name(attributes.apply("creator"));
      case "trk" -> hasTrack = true;
      case "trkpt" -> {
        PointInProgress begun = new PointInProgress();
        begun.latitude(attributes.apply("lat"));
        begun.longitude(attributes.apply("lon"));
        point = Optional.of(begun);
      }
      default -> {
        // told by its text
      }
    }
  }

  @Override
  public void end(String element, String parent, String text) throws CannotConvert {
    if (element.equals("trkpt") && point.isPresent()) {
      points.add(point.get());
      point = Optional.empty();
    } else if (point.isPresent()) {
      endWithin(point.get(), element, parent, text);
    } else if (element.equals("trkseg")) {
      points.endSegment();
    } else if (parent.equals("trk")) {
      name = element.equals("name") ? name.or(() -> ElementText.name(text)) : name;
      type = element.equals("type") ? type.or(() -> ElementText.name(text)) : type;
    }
  }

  private static void endWithin(PointInProgress point, String element, String parent, String text) {
    if (element.equals("time") && parent.equals("trkpt")) {
      point.time(text);
    } else if (FIELDS.containsKey(element)) {
      point.set(FIELDS.get(element), text);
    }
  }

  @Override
  public SourceActivity activity() throws CannotConvert {
    if (!hasTrack) {
      throw new CannotConvert("it has no track, only waypoints or a route");
    }
    if (points.hasNoTimes()) {
      throw new CannotConvert("the track has no times");
    }
    List<Segment> segments = new ArrayList<>(points.takeSegments());
    if (segments.isEmpty()) {
      throw new CannotConvert("the track has no points");
    }
    segments.sort(Comparator.comparing(segment -> segment.points().get(0).time()));
    SourceLap lap =
        new SourceLap(
            Optional.empty(), Double.NaN, Optional.empty(), Optional.empty(), Map.of(), segments);
    return new SourceActivity(
        List.of(lap), SportNames.sport(type), name, creator, points.offset(), points.notes());
  }
}
