package io.fitroute.simulator;

import io.fitroute.fit.Activity;
import io.fitroute.fit.ActivityFileWriter;
import io.fitroute.fit.Device;
import io.fitroute.fit.FileId;
import io.fitroute.fit.FitWriter;
import io.fitroute.fit.Lap;
import io.fitroute.fit.LapTrigger;
import io.fitroute.fit.Session;
import io.fitroute.fit.Sport;
import io.fitroute.fit.SummaryField;
import io.fitroute.fit.TimerEvent;
import io.fitroute.fit.TrackField;
import io.fitroute.fit.TrackPoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/** The activity as recorded by a watch: a FIT file with the points of the streams. */
final class FitOriginal {

  private static final int GARMIN = 1;
  private static final int FORERUNNER_265 = 4257;
  private static final long SERIAL_NUMBER = 3_400_000_001L;
  private static final double SOFTWARE_VERSION = 18.22;

  private static final Sport RUNNING = new Sport(1, 0);
  private static final Sport TREADMILL = new Sport(1, 1);
  private static final Sport CYCLING = new Sport(2, 0);

  private final SimulatedActivity activity;
  private final Track track;

  private FitOriginal(SimulatedActivity activity, Track track) {
    this.activity = activity;
    this.track = track;
  }

  static byte[] write(SimulatedActivity activity, Track track) {
    MemoryChannel channel = new MemoryChannel();
    try {
      new FitOriginal(activity, track).writeTo(channel);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return channel.bytes();
  }

  private void writeTo(MemoryChannel channel) throws IOException {
    int last = track.size() - 1;
    try (ActivityFileWriter writer =
        new ActivityFileWriter(new FitWriter(channel), fileId(), fields())) {
      writer.creator(SOFTWARE_VERSION);
      writer.device(device());
      writer.timer(activity.start(), TimerEvent.START);
      for (int i = 0; i <= last; i++) {
        writePause(writer, i);
        writer.point(point(i));
      }
      writer.timer(time(last), TimerEvent.STOP_ALL);
      List<Track.Lap> laps = track.laps();
      for (Track.Lap lap : laps) {
        LapTrigger trigger = lap.last() == last ? LapTrigger.SESSION_END : LapTrigger.DISTANCE;
        writer.lap(
            new Lap(
                time(lap.first()),
                elapsed(lap.first(), lap.last()),
                track.movingSeconds(lap.first(), lap.last()),
                trigger,
                sport(),
                summary(lap.first(), lap.last())));
      }
      double moving = track.movingSeconds(0, last);
      writer.session(
          new Session(
              activity.start(),
              elapsed(0, last),
              moving,
              sport(),
              Optional.empty(),
              summary(0, last)));
      writer.finish(
          new Activity(
              time(last),
              moving,
              Optional.of(activity.zone().getRules().getOffset(activity.start()))));
    }
  }

  private void writePause(ActivityFileWriter writer, int index) throws IOException {
    if (index > 0 && track.time[index] - track.time[index - 1] > 1) {
      writer.timer(time(index - 1), TimerEvent.STOP);
      writer.timer(time(index), TimerEvent.START);
    }
  }

  private FileId fileId() {
    return new FileId(
        GARMIN, FORERUNNER_265, OptionalLong.of(SERIAL_NUMBER), activity.start(), Optional.empty());
  }

  private Device device() {
    return new Device(
        activity.start(),
        Device.CREATOR,
        GARMIN,
        FORERUNNER_265,
        OptionalLong.of(SERIAL_NUMBER),
        OptionalDouble.of(SOFTWARE_VERSION),
        Optional.of(activity.device()).filter(name -> !name.isEmpty()));
  }

  private Set<TrackField> fields() {
    Set<TrackField> fields = EnumSet.of(TrackField.DISTANCE, TrackField.SPEED, TrackField.CADENCE);
    if (activity.gps()) {
      fields.add(TrackField.POSITION);
      fields.add(TrackField.ALTITUDE);
    }
    if (activity.heartRate()) {
      fields.add(TrackField.HEART_RATE);
    }
    return fields;
  }

  private TrackPoint point(int index) {
    return new TrackPoint(
        time(index),
        track.latitude[index],
        track.longitude[index],
        track.altitude[index],
        track.distance[index],
        track.speed[index],
        track.heartRate[index],
        track.cadence[index],
        Double.NaN,
        Double.NaN,
        Double.NaN);
  }

  private Map<SummaryField, Double> summary(int first, int last) {
    double length = track.distance[last] - track.distance[first];
    Map<SummaryField, Double> summary = new EnumMap<>(SummaryField.class);
    summary.put(SummaryField.DISTANCE, length);
    summary.put(SummaryField.AVERAGE_SPEED, length / track.movingSeconds(first, last));
    summary.put(
        SummaryField.MAXIMUM_SPEED,
        Arrays.stream(track.speed, first, last + 1).max().orElseThrow());
    summary.put(SummaryField.ASCENT, track.climb(first, last));
    summary.put(SummaryField.AVERAGE_CADENCE, average(track.cadence, first, last));
    summary.put(SummaryField.MAXIMUM_CADENCE, maximum(track.cadence, first, last));
    if (activity.heartRate()) {
      summary.put(SummaryField.AVERAGE_HEART_RATE, average(track.heartRate, first, last));
      summary.put(SummaryField.MAXIMUM_HEART_RATE, maximum(track.heartRate, first, last));
    }
    return summary;
  }

  private Sport sport() {
    String type = SportTypes.legacyType(activity.sportType());
    return switch (type) {
      case "Run", "VirtualRun" -> activity.trainer() ? TREADMILL : RUNNING;
      case "Ride", "VirtualRide", "EBikeRide" -> CYCLING;
      default -> Sport.GENERIC;
    };
  }

  private Instant time(int index) {
    return activity.start().plusSeconds(track.time[index]);
  }

  private double elapsed(int first, int last) {
    return (double) track.time[last] - track.time[first];
  }

  private static double average(int[] values, int first, int last) {
    return Arrays.stream(values, first, last + 1).average().orElseThrow();
  }

  private static double maximum(int[] values, int first, int last) {
    return Arrays.stream(values, first, last + 1).max().orElseThrow();
  }
}
