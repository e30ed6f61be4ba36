package io.fitroute.strava.export.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fitroute.fit.track.RunningTotals;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The totals at each point: distance, strides, ascent and descent. */
class RunningTotalsTest {

  private static RunningTotals totals(String times, String stream, String data) throws Exception {
    StreamSet streams =
        Samples.read(
            "{\"time\":{\"data\":[" + times + "]},\"" + stream + "\":{\"data\":[" + data + "]}}");
    return totals(streams);
  }

  private static RunningTotals totals(StreamSet streams) throws Exception {
    SynthesisedActivity activity =
        SynthesisedActivity.of(Samples.activity(Samples.details()), streams);
    return new RunningTotals(activity.track(), activity.stopwatch());
  }

  private static double[] numbers(String numbers) {
    return Arrays.stream(numbers.split(",")).mapToDouble(Double::parseDouble).toArray();
  }

  @ParameterizedTest
  @CsvSource({
    // less than a metre is noise, a metre is not
    "'100,100.9,100,100.9', '0,0,0,0', '0,0,0,0'",
    "'100,101,100,101', '0,1,1,2', '0,0,1,1'",
    // after a turning point every change counts
    "'100,105,105.5,106', '0,5,5.5,6', '0,0,0,0'",
    "'100,95,94.5,94', '0,0,0,0', '0,5,5.5,6'",
    "'100,105,105,105.5', '0,5,5,5.5', '0,0,0,0'",
    // the descent begins at the top, not at the point before
    "'100,103,102.5,101', '0,3,3,3', '0,0,0,2'",
    "'100,97,97.5,99', '0,0,0,2', '0,3,3,3'",
    // a slow climb: each step is too small, their sum is not
    "'100,100.4,100.8,101.2', '0,0,0,1.2', '0,0,0,0'",
    // slightly down first, then up from the bottom
    "'100,99.5,100.5,101', '0,0,1,1.5', '0,0,0,0'"
  })
  void hillsAreCountedFromTurnToTurn(String altitudes, String ascent, String descent)
      throws Exception {
    RunningTotals totals = totals("0,1,2,3", "altitude", altitudes);

    assertThat(totals.ascent()).containsExactly(numbers(ascent), within(1e-9));
    assertThat(totals.descent()).containsExactly(numbers(descent), within(1e-9));
  }

  @Test
  void whereTheAltitudeIsNotKnownNothingIsClimbed() throws Exception {
    RunningTotals totals = totals("0,1,2,3,4", "altitude", "null,100,null,105,104");

    assertThat(totals.ascent()).containsExactly(0, 0, 0, 5, 5);
    assertThat(totals.descent()).containsExactly(0, 0, 0, 0, 1);
  }

  @Test
  void aDistanceThatFallsBackOrIsMissingStandsStill() throws Exception {
    assertThat(totals("0,1,2,3,4,5", "distance", "0,3,2,null,6,6").distance())
        .containsExactly(0, 3, 3, 3, 6, 6);
  }

  @Test
  void stridesAreCountedByTimeAndNotInPauses() throws Exception {
    // 60 per minute is one per second; the gap of 97 s is a pause
    assertThat(totals("0,1,3,100,101", "cadence", "60,60,30,60,90").cycles())
        .containsExactly(0, 1, 2, 2, 3.5);
    assertThat(totals("0,1,2,3", "cadence", "60,null,0,120").cycles()).containsExactly(0, 0, 0, 2);
  }

  @Test
  void withoutPointsThereAreNoTotals() throws Exception {
    RunningTotals none = totals(StreamSet.NONE);

    assertThat(none.distance()).isEmpty();
    assertThat(none.cycles()).isEmpty();
    assertThat(none.ascent()).isEmpty();
  }
}
