package io.fitroute.strava.export.streams;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Streams of any types and lengths are read in both shapes, whatever is missing. */
class AnyStreamSetTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Random streams; NaN means unknown. */
  private static final class Streams {
    private final int size;
    private final Map<StreamType, double[]> firsts = new EnumMap<>(StreamType.class);
    private final double[] easts;

    Streams(Random random) {
      // a column grows at 4096
      int[] sizes = {1, 2, 100, 4095, 4096, 4097, 9000};
      size = sizes[random.nextInt(sizes.length)];
      easts = numbers(random);
      for (StreamType type : StreamType.values()) {
        if (random.nextBoolean()) {
          firsts.put(type, numbers(random));
        }
      }
    }

    private double[] numbers(Random random) {
      // unknown values may come first, so that numbers and pairs cannot be distinguished yet
      int missing = random.nextInt(4) == 0 ? random.nextInt(size + 1) : 0;
      double[] numbers = new double[size];
      for (int i = 0; i < size; i++) {
        boolean unknown = i < missing || random.nextInt(10) == 0;
        numbers[i] = unknown ? Double.NaN : random.nextInt(2_000_000) / 1000.0 - 500;
      }
      return numbers;
    }

    double first(StreamType type, int index) {
      double first = firsts.containsKey(type) ? firsts.get(type)[index] : Double.NaN;
      return type == StreamType.POSITION && Double.isNaN(easts[index]) ? Double.NaN : first;
    }

    double east(int index) {
      return Double.isNaN(first(StreamType.POSITION, index)) ? Double.NaN : easts[index];
    }

    private ObjectNode stream(StreamType type) {
      ArrayNode data = JSON.createArrayNode();
      for (int i = 0; i < size; i++) {
        double first = first(type, i);
        if (Double.isNaN(first)) {
          data.addNull();
        } else if (type == StreamType.POSITION) {
          data.addArray().add(first).add(east(i));
        } else {
          data.add(first);
        }
      }
      return JSON.createObjectNode().set("data", data);
    }

    String byType() {
      ObjectNode all = JSON.createObjectNode();
      firsts.keySet().forEach(type -> all.set(type.key(), stream(type)));
      return all.toString();
    }

    String list() {
      ArrayNode all = JSON.createArrayNode();
      firsts.keySet().forEach(type -> all.add(stream(type).put("type", type.key())));
      return all.toString();
    }

    @Override
    public String toString() {
      return size + " points of " + firsts.keySet();
    }
  }

  @Property(tries = 100)
  void areReadInBothShapes(@ForAll("streams") Streams given) throws Exception {
    for (String answer : new String[] {given.byType(), given.list()}) {
      StreamSet read = Samples.read(answer);

      assertThat(read.size()).isEqualTo(given.firsts.isEmpty() ? 0 : given.size);
      for (StreamType type : StreamType.values()) {
        assertThat(read.has(type)).isEqualTo(given.firsts.containsKey(type));
        for (int i = 0; i < read.size(); i++) {
          if (type == StreamType.POSITION) {
            assertSame(read.latitude(i), given.first(type, i));
            assertSame(read.longitude(i), given.east(i));
          } else {
            assertSame(read.value(type, i), given.first(type, i));
          }
        }
      }
    }
  }

  // an assertion for each of a million comparisons would take too long
  private static void assertSame(double found, double expected) {
    if (Double.compare(found, expected) != 0) {
      assertThat(found).isEqualTo(expected);
    }
  }

  @Provide
  Arbitrary<Streams> streams() {
    return Arbitraries.randomValue(Streams::new);
  }
}
