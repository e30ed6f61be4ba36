package io.fitroute.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;

class FitUnitsTest {
  private static final double RESOLUTION = 180 / 0x1p31;
  private static final int UNKNOWN = 0x7FFF_FFFF;

  @Property
  void latitudesSurvive(@ForAll @DoubleRange(min = -90, max = 90) double degrees) {
    assertThat(degrees(FitUnits.latitude(degrees))).isCloseTo(degrees, within(RESOLUTION));
  }

  @Property
  void longitudesSurvive(
      @ForAll @DoubleRange(min = -180, max = 180, maxIncluded = false) double degrees) {
    double apart = Math.abs(degrees(FitUnits.longitude(degrees)) - degrees);
    assertThat(Math.min(apart, 360 - apart)).isLessThanOrEqualTo(2 * RESOLUTION);
  }

  @Example
  void theDateLineIsWest() {
    assertThat(FitUnits.longitude(180))
        .isEqualTo(Integer.MIN_VALUE)
        .isEqualTo(FitUnits.longitude(-180));
  }

  @Example
  void nextToTheDateLineIsNotUnknown() {
    assertThat(FitUnits.longitude(180 - RESOLUTION)).isEqualTo(UNKNOWN - 1);
  }

  @Example
  void placesThatAreNoneAreUnknown() {
    assertThat(FitUnits.latitude(90.0001)).isEqualTo(UNKNOWN);
    assertThat(FitUnits.latitude(Double.NaN)).isEqualTo(UNKNOWN);
    assertThat(FitUnits.longitude(-180.0001)).isEqualTo(UNKNOWN);
    assertThat(FitUnits.longitude(Double.POSITIVE_INFINITY)).isEqualTo(UNKNOWN);
  }

  @Property
  void timesSurvive(@ForAll @LongRange(min = 0, max = 0xFFFF_FFFEL) long timestamp) {
    assertThat(FitUnits.timestamp(FitUnits.instant(timestamp))).isEqualTo(timestamp);
  }

  @Example
  void fractionsOfSecondsAreCutOff() {
    assertThat(FitUnits.timestamp(Instant.parse("1989-12-31T00:00:01.999Z"))).isEqualTo(1);
  }

  @Example
  void timesThatFitCannotExpressAreRefused() {
    assertThatThrownBy(() -> FitUnits.timestamp(Instant.parse("1989-12-30T23:59:59Z")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1989-12-30T23:59:59Z")
        .hasMessageContaining("between 1989-12-31T00:00:00Z and 2126-02-06T06:28:14Z");
    assertThatThrownBy(() -> FitUnits.timestamp(Instant.parse("2126-02-06T06:28:15Z")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static double degrees(int semicircles) {
    return semicircles * (180 / 0x1p31);
  }
}
