package io.fitroute.fit;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.LongBinaryOperator;

/** Collects a {@link FitReport} from the messages of a file, in any order. */
final class ReportCollector {
  private static final int FILE_ID = 0;
  private static final int SESSION = 18;
  private static final int LAP = 19;
  private static final int RECORD = 20;
  private static final int DEVICE_INFO = 23;
  private static final int ACTIVITY = 34;
  private static final int LOCAL_TIMESTAMP = 5;
  private static final long QUARTER = 900;
  private static final long LONGEST_OFFSET = 18 * 3600;
  private static final double MILLISECONDS = 1000;
  private static final double CENTIMETRES = 100;

  private OptionalInt fileType = OptionalInt.empty();
  private OptionalInt manufacturer = OptionalInt.empty();
  private OptionalInt product = OptionalInt.empty();
  private Optional<String> productName = Optional.empty();
  private Optional<String> creatorName = Optional.empty();
  private Optional<Sport> sport = Optional.empty();
  private OptionalLong sessionStart = OptionalLong.empty();
  private OptionalLong firstRecord = OptionalLong.empty();
  private OptionalLong lastRecord = OptionalLong.empty();
  private OptionalLong elapsedTime = OptionalLong.empty();
  private OptionalLong timerTime = OptionalLong.empty();
  private OptionalLong sessionDistance = OptionalLong.empty();
  private OptionalLong recordDistance = OptionalLong.empty();
  private OptionalLong offset = OptionalLong.empty();
  private final List<FitReport.Part> parts = new ArrayList<>();
  private final MeasureCollector measures = new MeasureCollector();
  private final TrackCollector track = new TrackCollector();
  private boolean fileIdSeen;
  private long records;
  private long sessions;
  private long laps;

  /**
   * @param timestamp of the message, in FIT's seconds, if it has one
   */
  void message(FieldPositions fields, byte[] message, OptionalLong timestamp) {
    switch (fields.globalNumber()) {
      case FILE_ID -> fileId(fields, message);
      case SESSION -> session(fields, message);
      case LAP -> laps++;
      case RECORD -> record(fields, message, timestamp);
      case DEVICE_INFO -> deviceInfo(fields, message);
      case ACTIVITY -> offset(fields.unsigned(message, LOCAL_TIMESTAMP), timestamp);
      default -> {
        // not part of the report
      }
    }
  }

  FitReport report(int segments, long trailingBytes) {
    OptionalLong start = sessionStart.isPresent() ? sessionStart : firstRecord;
    return new FitReport(
        segments,
        trailingBytes,
        fileType,
        manufacturer,
        product,
        productName.or(() -> creatorName),
        sport,
        instant(start),
        sessions > 0 ? scaled(elapsedTime, MILLISECONDS) : betweenRecords(),
        scaled(timerTime, MILLISECONDS),
        scaled(sessions > 0 ? sessionDistance : recordDistance, CENTIMETRES),
        records,
        sessions,
        laps,
        List.copyOf(parts),
        startLocal(start),
        measures(),
        track.track().simplified(TrackCollector.DETAILED),
        track.track().simplified(TrackCollector.COARSE));
  }

  private Map<Measure, Double> measures() {
    Map<Measure, Double> found = measures.measures();
    track.addTo(found);
    if (laps > 0) {
      found.put(Measure.LAPS, (double) laps);
    }
    if (sessions == 0) {
      betweenRecords().ifPresent(time -> found.put(Measure.ELAPSED_TIME, time));
      scaled(recordDistance, CENTIMETRES).ifPresent(metres -> found.put(Measure.DISTANCE, metres));
    }
    return found;
  }

  /**
   * Offsets are multiples of a quarter of an hour; the difference of both clocks may be off by
   * seconds.
   */
  private void offset(OptionalLong local, OptionalLong utc) {
    if (local.isPresent() && utc.isPresent()) {
      long ahead = Math.round((double) (local.getAsLong() - utc.getAsLong()) / QUARTER) * QUARTER;
      offset = Math.abs(ahead) <= LONGEST_OFFSET ? OptionalLong.of(ahead) : OptionalLong.empty();
    }
  }

  private Optional<LocalDateTime> startLocal(OptionalLong start) {
    return start.isPresent() && offset.isPresent()
        ? Optional.of(
            LocalDateTime.ofInstant(
                FitUnits.instant(start.getAsLong() + offset.getAsLong()), ZoneOffset.UTC))
        : Optional.empty();
  }

  private void fileId(FieldPositions fields, byte[] message) {
    if (fileIdSeen) {
      return;
    }
    fileIdSeen = true;
    fileType = asInt(fields.unsigned(message, 0));
    manufacturer = asInt(fields.unsigned(message, 1));
    product = asInt(fields.unsigned(message, 2));
    productName = fields.text(message, 8);
  }

  private void deviceInfo(FieldPositions fields, byte[] message) {
    OptionalLong index = fields.unsigned(message, 0);
    if (creatorName.isEmpty() && index.isPresent() && index.getAsLong() == Device.CREATOR) {
      creatorName = fields.text(message, 27);
    }
  }

  private void session(FieldPositions fields, byte[] message) {
    sessions++;
    measures.session(fields, message);
    OptionalInt number = enumeration(fields.unsigned(message, 5));
    Optional<Sport> sportOfSession =
        number.isPresent()
            ? Optional.of(
                new Sport(number.getAsInt(), enumeration(fields.unsigned(message, 6)).orElse(0)))
            : Optional.empty();
    sport = sport.or(() -> sportOfSession);
    OptionalLong start = fields.unsigned(message, 2);
    if (parts.size() < FitReport.MOST_PARTS) {
      parts.add(
          new FitReport.Part(
              sportOfSession,
              instant(start),
              scaled(fields.unsigned(message, 7), MILLISECONDS),
              scaled(fields.unsigned(message, 9), CENTIMETRES)));
    }
    sessionStart = combined(sessionStart, start, Math::min);
    elapsedTime = combined(elapsedTime, fields.unsigned(message, 7), Long::sum);
    timerTime = combined(timerTime, fields.unsigned(message, 8), Long::sum);
    sessionDistance = combined(sessionDistance, fields.unsigned(message, 9), Long::sum);
  }

  private void record(FieldPositions fields, byte[] message, OptionalLong timestamp) {
    records++;
    measures.record(fields, message);
    track.record(fields, message, timestamp);
    firstRecord = combined(firstRecord, timestamp, Math::min);
    lastRecord = combined(lastRecord, timestamp, Math::max);
    recordDistance = combined(recordDistance, fields.unsigned(message, 5), Math::max);
  }

  private OptionalDouble betweenRecords() {
    return firstRecord.isPresent() && lastRecord.isPresent()
        ? OptionalDouble.of(lastRecord.getAsLong() - firstRecord.getAsLong())
        : OptionalDouble.empty();
  }

  private static OptionalInt asInt(OptionalLong value) {
    return value.isPresent() && value.getAsLong() <= BaseType.UINT16.maximum()
        ? OptionalInt.of((int) value.getAsLong())
        : OptionalInt.empty();
  }

  private static OptionalInt enumeration(OptionalLong value) {
    return value.isPresent() && BaseType.ENUM.holds(value.getAsLong())
        ? asInt(value)
        : OptionalInt.empty();
  }

  private static Optional<Instant> instant(OptionalLong timestamp) {
    return timestamp.isPresent()
        ? Optional.of(FitUnits.instant(timestamp.getAsLong()))
        : Optional.empty();
  }

  private static OptionalDouble scaled(OptionalLong value, double scale) {
    return value.isPresent()
        ? OptionalDouble.of(value.getAsLong() / scale)
        : OptionalDouble.empty();
  }

  /** The known one, or both combined. */
  private static OptionalLong combined(
      OptionalLong one, OptionalLong other, LongBinaryOperator operator) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.isPresent() ? one : other;
    }
    return OptionalLong.of(operator.applyAsLong(one.getAsLong(), other.getAsLong()));
  }
}
