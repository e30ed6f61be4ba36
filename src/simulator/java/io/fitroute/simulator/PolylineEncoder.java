package io.fitroute.simulator;

/** Google's polyline encoding at precision 5, in which Strava gives a map. */
final class PolylineEncoder {

  private static final double PRECISION = 1e5;

  private PolylineEncoder() {}

  /** Encodes every {@code stride}-th point of a track, and its last. */
  static String encode(Track track, int stride) {
    StringBuilder line = new StringBuilder();
    long latitude = 0;
    long longitude = 0;
    for (int i = 0; i < track.size(); i = next(i, stride, track.size())) {
      long north = Math.round(track.latitude[i] * PRECISION);
      long east = Math.round(track.longitude[i] * PRECISION);
      append(line, north - latitude);
      append(line, east - longitude);
      latitude = north;
      longitude = east;
    }
    return line.toString();
  }

  private static int next(int i, int stride, int size) {
    return i < size - 1 ? Math.min(i + stride, size - 1) : size;
  }

  private static void append(StringBuilder line, long difference) {
    long value = difference < 0 ? ~(difference << 1) : difference << 1;
    while (value >= 0x20) {
      line.append((char) ((0x20 | (value & 0x1f)) + 63));
      value >>= 5;
    }
    line.append((char) (value + 63));
  }
}
