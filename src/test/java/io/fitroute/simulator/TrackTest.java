package io.fitroute.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class TrackTest {

  @Property(tries = 200)
  void pointsArePlausibleAndAddUp(
      @ForAll @LongRange(min = 1) long id,
      @ForAll @IntRange(min = 1, max = 5_000) int seconds,
      @ForAll @IntRange(max = 600) int pause,
      @ForAll @DoubleRange(max = 20_000) double distance) {
    SimulatedActivity activity =
        SimulatedActivity.run(7)
            .id(id)
            .movingTime(Duration.ofSeconds(seconds))
            .pause(Duration.ofSeconds(pause))
            .distance(distance)
            .build();

    Track track = Track.of(activity);

    int last = track.size() - 1;
    assertThat(track.size()).isEqualTo(seconds + 1);
    assertThat(track.distance[last]).isCloseTo(distance, within(0.01));
    assertThat(track.distance).isSorted();
    assertThat(track.time).isSorted().doesNotHaveDuplicates();
    assertThat(track.time[last]).isIn(seconds, seconds + pause);
    for (int i = 0; i <= last; i++) {
      assertThat(track.latitude[i]).isBetween(45.0, 58.0);
      assertThat(track.longitude[i]).isBetween(-5.0, 13.0);
      assertThat(track.heartRate[i]).isBetween(60, 220);
      assertThat(track.cadence[i]).isBetween(60, 120);
    }
    List<Track.Lap> laps = track.laps();
    assertThat(laps.get(0).first()).isZero();
    assertThat(laps.get(laps.size() - 1).last()).isEqualTo(last);
    assertThat(Track.of(activity).latitude).as("again the same").isEqualTo(track.latitude);
  }
}
