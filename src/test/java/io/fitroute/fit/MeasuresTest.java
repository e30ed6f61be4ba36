package io.fitroute.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.nio.ByteOrder;
import java.time.LocalDateTime;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** An activity's numbers from its own file. */
class MeasuresTest {

  private static FitReport report(byte[] file) throws Exception {
    return new FitCheck().check(new ByteArrayInputStream(file));
  }

  @Test
  void sessionsComeFirstAndRecordsFillWhatTheyLack() throws Exception {
    FitReport run = report(FitSamples.run(1000));

    assertThat(run.startLocal()).contains(LocalDateTime.parse("2025-06-01T08:30:00"));
    assertThat(run.measures())
        .containsEntry(Measure.DISTANCE, 999 * FitSamples.STEP)
        .containsEntry(Measure.TIMER_TIME, 999.0)
        .containsEntry(Measure.ELAPSED_TIME, 999.0)
        .containsEntry(Measure.AVERAGE_HEART_RATE, 140.0)
        .containsEntry(Measure.MAXIMUM_HEART_RATE, 169.0)
        .containsEntry(Measure.AVERAGE_POWER, 240.0)
        .containsEntry(Measure.CALORIES, 80.0)
        .containsEntry(Measure.LAPS, 1.0)
        .containsEntry(Measure.BEST_1_KM, 400.0)
        .doesNotContainKeys(Measure.ASCENT, Measure.BEST_5_KM, Measure.BEST_10_KM);
    assertThat(run.measures().get(Measure.START_LATITUDE)).isCloseTo(48.1, within(1e-6));
    assertThat(run.measures().get(Measure.END_LATITUDE)).isCloseTo(48.10999, within(1e-6));
    assertThat(run.measures().get(Measure.NORTH)).isCloseTo(48.10999, within(1e-6));
    assertThat(run.measures().get(Measure.EAST)).isCloseTo(11.5, within(1e-6));
    assertThat(run.track().size()).as("a straight line").isEqualTo(2);
  }

  @Test
  void aFileWithoutSessionsSaysWhatItsRecordsCameTo() throws Exception {
    FitReport records = report(FitSamples.records(3001).build());

    assertThat(records.measures())
        .containsEntry(Measure.DISTANCE, 30_000.0)
        .containsEntry(Measure.ELAPSED_TIME, 3000.0)
        .containsEntry(Measure.BEST_5_KM, 500.0)
        .containsEntry(Measure.BEST_HALF_MARATHON, 2109.75)
        .doesNotContainKeys(Measure.SOUTH, Measure.AVERAGE_HEART_RATE);
    assertThat(records.track().encoded()).isEmpty();
  }

  @Test
  void theBestTimeBeginsAnywhere() throws Exception {
    RawFitFile file = FitSamples.records(0);
    int[][] points = {{0, 0}, {600, 1000}, {840, 2000}, {1080, 3000}, {1700, 4000}};
    for (int[] point : points) {
      file.data(1, FitSamples.message(8).putInt(1_000_000_000 + point[0]).putInt(100 * point[1]));
    }

    assertThat(report(file.build()).measures())
        .containsEntry(Measure.BEST_1_KM, 240.0)
        .doesNotContainKey(Measure.BEST_5_KM);
  }

  @Test
  void withoutDistancesPositionsTellThem() throws Exception {
    RawFitFile file =
        FitSamples.records(0)
            .definition(2, ByteOrder.LITTLE_ENDIAN, 20, 253, 4, 0x86, 0, 4, 0x85, 1, 4, 0x85);
    for (int i = 0; i <= 200; i++) {
      file.data(
          2,
          FitSamples.message(12)
              .putInt(1_000_000_000 + i * 3)
              .putInt(FitUnits.latitude(-33.8 + i * 1e-4))
              .putInt(FitUnits.longitude(-151.2)));
    }

    FitReport report = report(file.build());

    assertThat(report.measures().get(Measure.BEST_1_KM)).isCloseTo(269.8, within(1.0));
    assertThat(report.measures().get(Measure.SOUTH)).isCloseTo(-33.8, within(1e-6));
  }

  @Test
  void whatGoesBackInTimeOrHasNoTimeIsPassedOver() throws Exception {
    RawFitFile file = FitSamples.records(2001);
    file.data(1, FitSamples.message(8).putInt(1).putInt(100 * 90_000));

    assertThat(report(file.build()).measures()).containsEntry(Measure.BEST_1_KM, 100.0);
  }

  @Test
  void moreRecordsThanAreKeptLeaveTheNumbersAsTheyAre() throws Exception {
    FitReport long_ = report(FitSamples.records(3 * TrackCollector.MOST).build());

    assertThat(long_.measures().get(Measure.BEST_10_KM)).isCloseTo(1000, within(1e-6));
    assertThat(long_.measures()).containsEntry(Measure.ELAPSED_TIME, 3.0 * TrackCollector.MOST - 1);
  }

  @Test
  void aTrackKeepsItsEndsAndThePointsThatMatterMost() {
    double[] latitudes = IntStream.range(0, 5000).mapToDouble(i -> Math.sin(i / 50.0)).toArray();
    double[] longitudes = IntStream.range(0, 5000).mapToDouble(i -> i * 1e-3).toArray();
    Polyline line = new Polyline(latitudes, longitudes);

    assertThat(line.simplified(500).size()).isEqualTo(500);
    assertThat(line.simplified(40).size()).isEqualTo(40);
    assertThat(line.simplified(40).encoded()).startsWith(line.encoded().substring(0, 2));
    assertThat(
            new Polyline(
                    new double[] {38.5, 40.7, 43.252}, new double[] {-120.2, -120.95, -126.453})
                .encoded())
        .isEqualTo("_p~iF~ps|U_ulLnnqC_mqNvxq`@");
    assertThat(Polyline.EMPTY.simplified(40).encoded()).isEmpty();
    double[] still = DoubleStream.generate(() -> 1).limit(100).toArray();
    assertThat(new Polyline(still, still).simplified(40).size()).isEqualTo(2);
  }
}
