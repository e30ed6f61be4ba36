package io.fitroute.simulator;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * An activity at the fake Strava. Points, laps, streams and the original file are derived from
 * these values alone, so equal activities always look the same.
 *
 * @param id the activity's id; 0 lets the upload assign one
 * @param athleteId the owner
 * @param name the title, any text
 * @param sportType such as {@code Run}; unknown ones are allowed, because Strava adds some every
 *     year
 * @param start when it began
 * @param zone the time zone, for the local time
 * @param movingTime the moving time
 * @param pause a single pause; zero for none
 * @param distance metres
 * @param visibility who may see it
 * @param manual a manual entry: no device, no points, no original
 * @param trainer on a treadmill or turbo
 * @param gps whether positions were recorded
 * @param heartRate whether heart rate was recorded
 * @param hiddenStart whether the athlete hides the start time; Strava then reports one second past
 *     midnight
 * @param device the recording device's name; empty for none
 * @param original the format of the upload
 * @param gzipped whether the original is compressed with gzip
 * @param originalFile a file to return as the original instead of a generated one
 */
public record SimulatedActivity(
    long id,
    long athleteId,
    String name,
    String sportType,
    Instant start,
    ZoneId zone,
    Duration movingTime,
    Duration pause,
    double distance,
    Visibility visibility,
    boolean manual,
    boolean trainer,
    boolean gps,
    boolean heartRate,
    boolean hiddenStart,
    String device,
    OriginalFormat original,
    boolean gzipped,
    Optional<Path> originalFile) {

  /** The longest activity for which points are generated. */
  static final Duration LONGEST = Duration.ofDays(3);

  public SimulatedActivity {
    require(id >= 0, "activity id is " + id + ", allowed is 0 or more");
    require(athleteId > 0, "athlete id is " + athleteId + ", allowed is 1 or more");
    require(distance >= 0 && distance < 1e8, "distance is " + distance + ", allowed is 0 to 1e8 m");
    require(
        !movingTime.isNegative() && movingTime.compareTo(LONGEST) <= 0,
        "moving time is " + movingTime + ", allowed is 0 to " + LONGEST);
    require(
        !pause.isNegative() && pause.compareTo(LONGEST) <= 0,
        "pause is " + pause + ", allowed is 0 to " + LONGEST);
  }

  private static void require(boolean right, String otherwise) {
    if (!right) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  /** A run of 5 km in 25 minutes with a pause of 40 s, with GPS, visible to everyone. */
  public static Builder run(long athleteId) {
    return new Builder(athleteId);
  }

  /** A bicycle ride of 20 km in 50 minutes. */
  public static Builder ride(long athleteId) {
    return new Builder(athleteId)
        .name("Evening Ride")
        .sportType("Ride")
        .distance(20_000)
        .movingTime(Duration.ofMinutes(50));
  }

  /** A run entered by hand. */
  public static Builder manualRun(long athleteId) {
    return new Builder(athleteId).name("Track session, no watch").manual(true);
  }

  /** A builder that starts from this activity's values. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** The time from start to end, including the pause. */
  public Duration elapsedTime() {
    return movingTime.plus(pause);
  }

  /** Whether points were recorded: not for manual entries. */
  public boolean hasStreams() {
    return !manual && !movingTime.isZero();
  }

  /** Whether there is an original to export. */
  public boolean hasOriginal() {
    return !manual && (originalFile.isPresent() || original != OriginalFormat.NONE);
  }

  /** Collects an activity's values, which all have defaults. */
  public static final class Builder {
    private long id;
    private final long athleteId;
    private String name = "Morning Run";
    private String sportType = "Run";
    private Instant start = Instant.parse("2026-11-20T06:02:11Z");
    private ZoneId zone = ZoneId.of("Europe/Brussels");
    private Duration movingTime = Duration.ofMinutes(25);
    private Duration pause = Duration.ofSeconds(40);
    private double distance = 5_000;
    private Visibility visibility = Visibility.EVERYONE;
    private boolean manual;
    private boolean trainer;
    private boolean gps = true;
    private boolean heartRate = true;
    private boolean hiddenStart;
    private String device = "Garmin Forerunner 265";
    private OriginalFormat original = OriginalFormat.FIT;
    private boolean gzipped;
    private Optional<Path> originalFile = Optional.empty();

    private Builder(long athleteId) {
      this.athleteId = athleteId;
    }

    private Builder(SimulatedActivity from) {
      id = from.id;
      athleteId = from.athleteId;
      name = from.name;
      sportType = from.sportType;
      start = from.start;
      zone = from.zone;
      movingTime = from.movingTime;
      pause = from.pause;
      distance = from.distance;
      visibility = from.visibility;
      manual = from.manual;
      trainer = from.trainer;
      gps = from.gps;
      heartRate = from.heartRate;
      hiddenStart = from.hiddenStart;
      device = from.device;
      original = from.original;
      gzipped = from.gzipped;
      originalFile = from.originalFile;
    }

    public Builder id(long value) {
      id = value;
      return this;
    }

    public Builder name(String value) {
      name = value;
      return this;
    }

    public Builder sportType(String value) {
      sportType = value;
      return this;
    }

    public Builder start(Instant value) {
      start = value;
      return this;
    }

    public Builder zone(ZoneId value) {
      zone = value;
      return this;
    }

    public Builder movingTime(Duration value) {
      movingTime = value;
      return this;
    }

    public Builder pause(Duration value) {
      pause = value;
      return this;
    }

    /** Metres. */
    public Builder distance(double value) {
      distance = value;
      return this;
    }

    public Builder visibility(Visibility value) {
      visibility = value;
      return this;
    }

    public Builder manual(boolean value) {
      manual = value;
      return this;
    }

    public Builder trainer(boolean value) {
      trainer = value;
      return this;
    }

    public Builder gps(boolean value) {
      gps = value;
      return this;
    }

    public Builder heartRate(boolean value) {
      heartRate = value;
      return this;
    }

    public Builder hiddenStart(boolean value) {
      hiddenStart = value;
      return this;
    }

    public Builder device(String value) {
      device = value;
      return this;
    }

    public Builder original(OriginalFormat value) {
      original = value;
      return this;
    }

    public Builder gzipped(boolean value) {
      gzipped = value;
      return this;
    }

    /** Returns this file as the original, whatever its content; it is streamed, not loaded. */
    public Builder originalFile(Path value) {
      originalFile = Optional.of(value);
      return this;
    }

    public SimulatedActivity build() {
      return new SimulatedActivity(
          id,
          athleteId,
          name,
          sportType,
          start,
          zone,
          movingTime,
          pause,
          distance,
          visibility,
          manual,
          trainer,
          gps,
          heartRate,
          hiddenStart,
          device,
          original,
          gzipped,
          originalFile);
    }
  }
}
