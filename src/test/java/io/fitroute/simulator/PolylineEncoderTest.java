package io.fitroute.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolylineEncoderTest {

  @Test
  void decodesToTheTrackToFiveDecimals() {
    Track track = Track.of(SimulatedActivity.run(7).id(3).build());
    List<double[]> points = decode(PolylineEncoder.encode(track, 1));
    assertThat(points).hasSize(track.size());
    for (int i = 0; i < track.size(); i++) {
      assertThat(points.get(i)[0]).isCloseTo(track.latitude[i], within(5.1e-6));
      assertThat(points.get(i)[1]).isCloseTo(track.longitude[i], within(5.1e-6));
    }
  }

  @Test
  void aSummaryEndsWhereTheTrackEnds() {
    Track track = Track.of(SimulatedActivity.run(7).id(3).build());
    List<double[]> points = decode(PolylineEncoder.encode(track, 400));
    assertThat(points).hasSize(5);
    assertThat(points.get(4)[0]).isCloseTo(track.latitude[track.size() - 1], within(5.1e-6));
  }

  private static List<double[]> decode(String line) {
    List<double[]> points = new ArrayList<>();
    long[] sums = new long[2];
    int index = 0;
    for (int coordinate = 0; index < line.length(); coordinate ^= 1) {
      long value = 0;
      int shift = 0;
      int piece;
      do {
        piece = line.charAt(index++) - 63;
        value |= (long) (piece & 0x1f) << shift;
        shift += 5;
      } while (piece >= 0x20);
      sums[coordinate] += (value & 1) == 1 ? ~(value >> 1) : value >> 1;
      if (coordinate == 1) {
        points.add(new double[] {sums[0] / 1e5, sums[1] / 1e5});
      }
    }
    return points;
  }
}
