package io.fitroute.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * The points of an activity, one a second while moving, in arrays of equal length. The streams and
 * the original file are both derived from them. They depend on the activity alone.
 */
final class Track {

  private static final double METRES_PER_DEGREE = 111_320;
  private static final double LAP_LENGTH = 1_000;

  /** Seconds since the start, with a gap where the athlete paused. */
  final int[] time;

  /** Metres since the start, to a centimetre. */
  final double[] distance;

  /** Degrees north, to six decimals. */
  final double[] latitude;

  /** Degrees east, to six decimals. */
  final double[] longitude;

  /** Metres above sea level, in steps of 0.2. */
  final double[] altitude;

  /** Metres per second, to a millimetre. */
  final double[] speed;

  /** Beats per minute. */
  final int[] heartRate;

  /** Steps of one leg, or crank revolutions, per minute. */
  final int[] cadence;

  private Track(int size) {
    time = new int[size];
    distance = new double[size];
    latitude = new double[size];
    longitude = new double[size];
    altitude = new double[size];
    speed = new double[size];
    heartRate = new int[size];
    cadence = new int[size];
  }

  /**
   * A lap.
   *
   * @param first the index of its first point
   * @param last the index of its last point
   */
  record Lap(int first, int last) {}

  /** Creates the points of an activity. */
  static Track of(SimulatedActivity activity) {
    int moving = (int) Math.max(1, activity.movingTime().toSeconds());
    Track track = new Track(moving + 1);
    double seed = Math.floorMod(activity.id() * 31 + activity.athleteId(), 997) / 997.0;
    double[] effort = effort(track.size(), seed);
    track.fillMotion(activity, effort);
    track.fillPositions(activity, seed);
    track.fillBody(effort, seed);
    return track;
  }

  /** The number of points, at least two. */
  int size() {
    return time.length;
  }

  /** Laps of a kilometre each; the last one is the rest. */
  List<Lap> laps() {
    List<Lap> laps = new ArrayList<>();
    int first = 0;
    for (int i = 1; i < size(); i++) {
      boolean full = distance[i] - distance[first] >= LAP_LENGTH;
      if (full || i == size() - 1) {
        laps.add(new Lap(first, i));
        first = i;
      }
    }
    return List.copyOf(laps);
  }

  /** Seconds of movement between two points; every step is a second, except for the pause. */
  int movingSeconds(int first, int last) {
    return last - first;
  }

  /** The ascent in metres between two points. */
  double climb(int first, int last) {
    double climbed = 0;
    for (int i = first + 1; i <= last; i++) {
      climbed += Math.max(0, altitude[i] - altitude[i - 1]);
    }
    return round(climbed, 10);
  }

  /** The speed of each second relative to the average, 1 on average; 0 for the first point. */
  private static double[] effort(int size, double seed) {
    double[] effort = new double[size];
    for (int i = 1; i < size; i++) {
      effort[i] = 1 + 0.12 * Math.sin(i / 47.0 + 6 * seed) + 0.05 * Math.sin(i / 7.0);
    }
    double mean = DoubleStream.of(effort).sum() / (size - 1);
    for (int i = 1; i < size; i++) {
      effort[i] /= mean;
    }
    return effort;
  }

  private void fillMotion(SimulatedActivity activity, double[] effort) {
    int last = size() - 1;
    int pauseAt = activity.pause().isZero() || size() < 4 ? size() : (int) (size() * 0.4);
    int pause = (int) activity.pause().toSeconds();
    double covered = 0;
    for (int i = 0; i <= last; i++) {
      double step = effort[i] / last * activity.distance();
      covered += step;
      time[i] = i >= pauseAt ? i + pause : i;
      distance[i] = round(covered, 100);
      speed[i] = round(step, 1000);
    }
    speed[0] = speed[Math.min(1, last)];
  }

  /** A loop around a park with varying radius, closed at its start. */
  private void fillPositions(SimulatedActivity activity, double seed) {
    double startLatitude = 51.05 + seed / 10;
    double startLongitude = 3.72 + seed / 20;
    double perDegreeEast = METRES_PER_DEGREE * Math.cos(Math.toRadians(startLatitude));
    double radius = activity.distance() / (2 * Math.PI);
    double length = Math.max(1, activity.distance());
    for (int i = 0; i < size(); i++) {
      double angle = 2 * Math.PI * distance[i] / length;
      double wobble = radius * (1 + 0.02 * Math.sin(5 * angle));
      latitude[i] = round(startLatitude + wobble * Math.sin(angle) / METRES_PER_DEGREE, 1e6);
      longitude[i] =
          round(startLongitude + (wobble * Math.cos(angle) - radius) / perDegreeEast, 1e6);
      altitude[i] = round(12 + 6 * Math.sin(2 * angle + 3 * seed) + 2 * Math.sin(9 * angle), 5);
    }
  }

  private void fillBody(double[] effort, double seed) {
    boolean moving = distance[size() - 1] > 0;
    for (int i = 0; i < size(); i++) {
      double warm = 1 - Math.exp(-i / 120.0);
      double push = moving ? effort[Math.max(1, i)] - 1 : 0;
      heartRate[i] = (int) Math.round(92 + 10 * seed + 52 * warm + 60 * push * warm);
      cadence[i] = (int) Math.round(82 + 4 * seed + 12 * push);
    }
  }

  private static double round(double value, double steps) {
    return Math.round(value * steps) / steps;
  }
}
