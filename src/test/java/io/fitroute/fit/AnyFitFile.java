package io.fitroute.fit;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;

/**
 * A random valid file and its expected report: one to three chained files, headers of both sizes,
 * both byte orders, full and compressed timestamps, and fields that are unknown, outside the
 * profile or a developer's.
 */
final class AnyFitFile {
  private static final int SESSION = 18;
  private static final int LAP = 19;
  private static final int RECORD = 20;

  /** Numbers of irrelevant messages, each sharing a byte with a relevant one. */
  private static final int[] OTHERS = {21, 0x0112, 0x0113, 0x0114, 0x1200, 0x1300, 0x1400, 0xFF14};

  private static final int TIMESTAMP = 253;
  private static final int FIRST_UNKNOWN = 100;

  private final Random random;
  private final List<byte[]> files = new ArrayList<>();
  private final List<Long> recordTimes = new ArrayList<>();
  private final List<Long> recordDistances = new ArrayList<>();
  private final List<Long> starts = new ArrayList<>();
  private final List<Long> elapsedTimes = new ArrayList<>();
  private final List<Long> timerTimes = new ArrayList<>();
  private final List<Long> distances = new ArrayList<>();
  private final List<Sport> sports = new ArrayList<>();
  private long now = 1_000_000_000L;
  private int records;
  private int sessions;
  private int laps;

  AnyFitFile(Random random) {
    this.random = random;
    int segments = 1 + random.nextInt(3);
    for (int segment = 0; segment < segments; segment++) {
      files.add(segment());
    }
  }

  byte[] bytes() {
    return FitSamples.chained(files.toArray(byte[][]::new));
  }

  int segments() {
    return files.size();
  }

  int records() {
    return records;
  }

  int sessions() {
    return sessions;
  }

  int laps() {
    return laps;
  }

  Optional<Long> start() {
    return (starts.isEmpty() ? recordTimes : starts).stream().min(Long::compare);
  }

  OptionalDouble elapsedTime() {
    if (sessions > 0) {
      return sum(elapsedTimes, 1000);
    }
    return recordTimes.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(Collections.max(recordTimes) - Collections.min(recordTimes));
  }

  OptionalDouble timerTime() {
    return sum(timerTimes, 1000);
  }

  OptionalDouble distance() {
    return sessions > 0
        ? sum(distances, 100)
        : recordDistances.stream().mapToDouble(value -> value / 100.0).max();
  }

  Optional<Sport> sport() {
    return sports.stream().findFirst();
  }

  private static OptionalDouble sum(List<Long> values, double scale) {
    return values.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(values.stream().mapToLong(value -> value).sum() / scale);
  }

  private byte[] segment() {
    RawFitFile file =
        new RawFitFile()
            .protocolVersion(0x20)
            .headerSize(random.nextBoolean() ? 12 : 14)
            .headerCrc(
                random.nextBoolean() ? RawFitFile.HeaderCrc.RIGHT : RawFitFile.HeaderCrc.ZERO);
    // compressed timestamps are relative to this one
    now += random.nextInt(100_000);
    file.definition(15, ByteOrder.LITTLE_ENDIAN, 21, TIMESTAMP, 4, 0x86)
        .data(15, FitSamples.message(4).putInt((int) now));
    int[] kinds = random.nextBoolean() ? new int[] {RECORD, LAP, SESSION} : new int[] {RECORD, LAP};
    for (int definitions = random.nextInt(8); definitions > 0; definitions--) {
      int number = random.nextInt(4) == 0 ? any(OTHERS) : any(kinds);
      addMessages(file, number, random.nextInt(3) == 0);
    }
    return file.build();
  }

  /** A definition with some messages. */
  private void addMessages(RawFitFile file, int globalNumber, boolean compressed) {
    ByteOrder order = random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    int localType = random.nextInt(compressed ? 4 : 16);
    List<int[]> fields = fields(globalNumber, compressed);
    List<int[]> developerFields = new ArrayList<>();
    for (int count = random.nextInt(4); count > 0; count--) {
      developerFields.add(new int[] {random.nextInt(256), anySize(), random.nextInt(256)});
    }
    file.definition(localType, order, globalNumber, flat(fields), flat(developerFields));
    boolean timed = compressed || fields.stream().anyMatch(field -> field[0] == TIMESTAMP);
    for (int count = random.nextInt(5); count > 0; count--) {
      // five bits cover at most 31 s
      now += timed ? random.nextInt(32) : 0;
      ByteBuffer message = ByteBuffer.allocate(size(fields) + size(developerFields)).order(order);
      fields.forEach(field -> put(message, globalNumber, field));
      putNoise(message, message.remaining());
      if (compressed) {
        file.compressed(localType, (int) now & 0x1F, message);
      } else {
        file.data(localType, message);
      }
      count(globalNumber, timed);
    }
  }

  private void count(int globalNumber, boolean timed) {
    switch (globalNumber) {
      case RECORD -> {
        records++;
        if (timed) {
          recordTimes.add(now);
        }
      }
      case LAP -> laps++;
      case SESSION -> sessions++;
      default -> {
        // not counted
      }
    }
  }

  private List<int[]> fields(int globalNumber, boolean compressed) {
    List<int[]> fields = new ArrayList<>();
    int[] numbers =
        switch (globalNumber) {
          case RECORD -> new int[] {TIMESTAMP, 5};
          case SESSION -> new int[] {TIMESTAMP, 2, 7, 8, 9};
          default -> new int[] {TIMESTAMP};
        };
    for (int number : numbers) {
      boolean wanted = number == TIMESTAMP ? !compressed : true;
      if (wanted && random.nextInt(4) > 0) {
        fields.add(new int[] {number, 4, 0x86});
      }
    }
    if (globalNumber == SESSION && random.nextBoolean()) {
      fields.add(new int[] {5, 2, 0});
    }
    for (int count = random.nextInt(4); count > 0; count--) {
      int number = FIRST_UNKNOWN + random.nextInt(TIMESTAMP - FIRST_UNKNOWN);
      fields.add(
          random.nextInt(fields.size() + 1), new int[] {number, anySize(), random.nextInt(256)});
    }
    return fields;
  }

  private void put(ByteBuffer message, int globalNumber, int[] field) {
    int number = field[0];
    if (number == TIMESTAMP) {
      message.putInt((int) now);
    } else if (number >= FIRST_UNKNOWN) {
      putNoise(message, field[1]);
    } else if (globalNumber == RECORD) {
      message.putInt(known(recordDistances, random.nextInt(10_000_000)));
    } else if (number == 5) {
      Sport sport = new Sport(random.nextInt(80), 0);
      sports.add(sport);
      // a field may hold several values; the first one is used
      message.put((byte) sport.sport()).put((byte) 99);
    } else {
      List<Long> values =
          switch (number) {
            case 2 -> starts;
            case 7 -> elapsedTimes;
            case 8 -> timerTimes;
            default -> distances;
          };
      message.putInt(known(values, random.nextInt(1_000_000_000)));
    }
  }

  /** A value to write, which is sometimes unknown. */
  private int known(List<Long> values, int value) {
    if (random.nextInt(8) == 0) {
      return -1;
    }
    values.add((long) value);
    return value;
  }

  private int anySize() {
    return random.nextInt(random.nextBoolean() ? 9 : 256);
  }

  private void putNoise(ByteBuffer message, int size) {
    byte[] noise = new byte[size];
    random.nextBytes(noise);
    message.put(noise);
  }

  private int any(int[] numbers) {
    return numbers[random.nextInt(numbers.length)];
  }

  private static int size(List<int[]> fields) {
    return fields.stream().mapToInt(field -> field[1]).sum();
  }

  private static int[] flat(List<int[]> fields) {
    return fields.stream().flatMapToInt(Arrays::stream).toArray();
  }
}
