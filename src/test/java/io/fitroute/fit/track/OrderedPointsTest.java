package io.fitroute.fit.track;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Selecting chronological points, and finding them again. */
class OrderedPointsTest {

  private static OrderedPoints of(List<? extends Number> times) {
    return OrderedPoints.of(times.size(), index -> times.get(index).doubleValue());
  }

  /** The length of the longest non-decreasing subsequence from a position, by exhaustive search. */
  private static int most(List<Integer> times, int from, int least) {
    if (from == times.size()) {
      return 0;
    }
    int without = most(times, from + 1, least);
    int time = times.get(from);
    return time < least ? without : Math.max(without, 1 + most(times, from + 1, time));
  }

  @Property(tries = 500)
  void asFewPointsAsPossibleAreLeftOut(
      @ForAll @Size(max = 11) List<@IntRange(min = -1, max = 9) Integer> times) {
    OrderedPoints points = of(times);

    assertThat(points.size()).isEqualTo(most(times, 0, 0));
    for (int position = 0; position < points.size(); position++) {
      assertThat(points.seconds(position)).isEqualTo(times.get(points.index(position)));
      if (position > 0) {
        assertThat(points.index(position)).isGreaterThan(points.index(position - 1));
        assertThat(points.seconds(position)).isGreaterThanOrEqualTo(points.seconds(position - 1));
      }
    }
  }

  @Property(tries = 300)
  void aPointIsFoundByItsTimeAndByItsPlace(
      @ForAll @Size(max = 11) List<@IntRange(min = -1, max = 9) Integer> times,
      @ForAll @IntRange(min = -1, max = 12) int sought) {
    OrderedPoints points = of(times);
    List<Integer> seconds = new ArrayList<>();
    List<Integer> indices = new ArrayList<>();
    for (int position = 0; position < points.size(); position++) {
      seconds.add(points.seconds(position));
      indices.add(points.index(position));
    }

    assertThat(points.positionAt(sought)).isEqualTo(first(seconds, sought));
    assertThat(points.positionOf(sought)).isEqualTo(first(indices, sought));
  }

  private static int first(List<Integer> numbers, int least) {
    return IntStream.range(0, numbers.size())
        .filter(position -> numbers.get(position) >= least)
        .findFirst()
        .orElse(numbers.size());
  }

  @Example
  void theLastSecondThatFitCountsIsAllowed() {
    OrderedPoints points = of(List.of(0, OrderedPoints.LONGEST_SECONDS));

    assertThat(points.seconds(1)).isEqualTo(4_294_967);
  }

  @Example
  void fractionsOfSecondsAreCutOff() {
    OrderedPoints points = of(List.of(-0.5, 0.9, 0.2, 1.99));

    assertThat(points.size()).isEqualTo(3);
    assertThat(points.seconds(1)).isZero();
    assertThat(points.seconds(2)).isOne();
    assertThat(points.index(0)).isOne();
  }
}
