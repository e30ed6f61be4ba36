package io.fitroute.fit;

import java.time.Instant;

/** Times and positions as FIT counts them. */
public final class FitUnits {
  /** 1989-12-31T00:00:00Z, where FIT's seconds start, in seconds since 1970. */
  public static final long EPOCH = 631_065_600L;

  private static final double SEMICIRCLES_PER_DEGREE = 0x1p31 / 180;

  private FitUnits() {}

  /**
   * Whole seconds since FIT's epoch; fractions of a second are cut off. By FIT's profile, times
   * before 1998-07-03 are seconds since the device was switched on; they are written all the same,
   * as most readers do not make that difference.
   *
   * @throws IllegalArgumentException when FIT has no number for this time: before 1989-12-31 or
   *     after 2126-02-06
   */
  public static long timestamp(Instant time) {
    long seconds = time.getEpochSecond() - EPOCH;
    if (!BaseType.UINT32.holds(seconds)) {
      throw new IllegalArgumentException(
          "FIT cannot express the time %s: it has to lie between %s and %s"
              .formatted(
                  time, instant(BaseType.UINT32.minimum()), instant(BaseType.UINT32.maximum())));
    }
    return seconds;
  }

  /** The time that is this many seconds after FIT's epoch. */
  public static Instant instant(long timestamp) {
    return Instant.ofEpochSecond(EPOCH + timestamp);
  }

  /**
   * A latitude in semicircles; not known (the invalid of {@link BaseType#SINT32}) outside of -90 to
   * 90 degrees.
   */
  public static int latitude(double degrees) {
    return Math.abs(degrees) <= 90 ? semicircles(degrees) : (int) BaseType.SINT32.invalid();
  }

  /**
   * A longitude in semicircles; not known (the invalid of {@link BaseType#SINT32}) outside of -180
   * to 180 degrees. The date line is written as 180 degrees west, as 180 degrees east is one more
   * than 32 bits hold.
   */
  public static int longitude(double degrees) {
    return Math.abs(degrees) <= 180 ? semicircles(degrees) : (int) BaseType.SINT32.invalid();
  }

  private static int semicircles(double degrees) {
    int wrapped = (int) Math.round(degrees * SEMICIRCLES_PER_DEGREE);
    return BaseType.SINT32.holds(wrapped) ? wrapped : wrapped - 1;
  }
}
