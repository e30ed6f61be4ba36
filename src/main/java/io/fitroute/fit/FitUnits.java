package io.fitroute.fit;

import java.time.Instant;

/** Times and positions in FIT's units. */
public final class FitUnits {
  /** 1989-12-31T00:00:00Z, the origin of FIT's seconds, in seconds since 1970. */
  public static final long EPOCH = 631_065_600L;

  private static final double SEMICIRCLES_PER_DEGREE = 0x1p31 / 180;

  private FitUnits() {}

  /**
   * Whole seconds since FIT's epoch; fractions are cut off. According to FIT's profile, times
   * before 1998-07-03 are seconds since the device was switched on; they are written all the same
   * because most readers ignore this.
   *
   * @throws IllegalArgumentException if FIT cannot represent the time: before 1989-12-31 or after
   *     2126-02-06
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

  /** The time at a number of seconds after FIT's epoch. */
  public static Instant instant(long timestamp) {
    return Instant.ofEpochSecond(EPOCH + timestamp);
  }

  /**
   * A latitude in semicircles; unknown (the invalid value of {@link BaseType#SINT32}) outside -90
   * to 90 degrees.
   */
  public static int latitude(double degrees) {
    return Math.abs(degrees) <= 90 ? semicircles(degrees) : (int) BaseType.SINT32.invalid();
  }

  /**
   * A longitude in semicircles; unknown (the invalid value of {@link BaseType#SINT32}) outside -180
   * to 180 degrees. The date line is written as 180 degrees west, because 180 degrees east exceeds
   * 32 bits.
   */
  public static int longitude(double degrees) {
    return Math.abs(degrees) <= 180 ? semicircles(degrees) : (int) BaseType.SINT32.invalid();
  }

  private static int semicircles(double degrees) {
    int wrapped = (int) Math.round(degrees * SEMICIRCLES_PER_DEGREE);
    return BaseType.SINT32.holds(wrapped) ? wrapped : wrapped - 1;
  }
}
