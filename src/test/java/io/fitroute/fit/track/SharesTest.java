package io.fitroute.fit.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;

/** Dividing a session's total among its laps. */
class SharesTest {
  private static final double UNKNOWN = Double.NaN;

  private static double[] marks(double... marks) {
    return marks;
  }

  @Property
  void thePartsAddUpToTheTotalAndKeepTheProportions(
      @ForAll @Size(min = 1, max = 8) List<@DoubleRange(min = 0, max = 5000) Double> parts,
      @ForAll @DoubleRange(min = 0, max = 50_000) double total) {
    double[] marks = new double[parts.size()];
    double reached = 0;
    for (int lap = 0; lap < marks.length; lap++) {
      reached += parts.get(lap);
      marks[lap] = reached;
    }

    Shares shares = Shares.of(marks, total, 100);

    assertThat(shares.total()).isCloseTo(total, within(0.005 + 1e-9));
    if (reached > 0) {
      assertThat(Arrays.stream(shares.parts()).sum()).isCloseTo(shares.total(), within(1e-6));
      for (int lap = 0; lap < marks.length; lap++) {
        assertThat(shares.parts()[lap])
            .isCloseTo(parts.get(lap) * shares.total() / reached, within(0.0101));
      }
    }
  }

  @Example
  void whereNoTotalIsKnownItIsWhatWasCounted() {
    Shares shares = Shares.of(marks(10.4, 20.6), UNKNOWN, 1);

    assertThat(shares.total()).isEqualTo(21);
    assertThat(shares.parts()).containsExactly(11, 10);
  }

  @Example
  void aTotalOfNothingIsATotal() {
    Shares shares = Shares.of(marks(5, 10), 0, 1);

    assertThat(shares.total()).isZero();
    assertThat(shares.parts()).containsExactly(0, 0);
  }

  @Example
  void whereNothingWasCountedOneLapHasAllAndSeveralHaveWhatIsNotKnown() {
    assertThat(Shares.of(marks(0), 12.5, 100).parts()).containsExactly(12.5);
    assertThat(Shares.of(marks(0, 0), 12.5, 100).parts()).containsExactly(UNKNOWN, UNKNOWN);
    assertThat(Shares.of(marks(0, 0), 0, 100).parts()).containsExactly(0, 0);
    assertThat(Shares.of(marks(0, 0), UNKNOWN, 100).parts()).containsExactly(0, 0);
  }

  @Example
  void whatWasNotMeasuredIsNotKnown() {
    Shares shares = Shares.of(marks(UNKNOWN, UNKNOWN), UNKNOWN, 1);

    assertThat(shares.total()).isNaN();
    assertThat(shares.parts()).containsExactly(UNKNOWN, UNKNOWN);
  }
}
