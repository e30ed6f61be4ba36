package io.fitroute.fit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.LongBinaryOperator;

/** Gathers a {@link FitReport} from the messages of a file, in whatever order they come. */
final class ReportCollector {
  private static final int FILE_ID = 0;
  private static final int SESSION = 18;
  private static final int LAP = 19;
  private static final int RECORD = 20;
  private static final int DEVICE_INFO = 23;
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
  private final List<FitReport.Part> parts = new ArrayList<>();
  private boolean fileIdSeen;
  private long records;
  private long sessions;
  private long laps;

  /**
   * @param timestamp of the message, in FIT's seconds, where it has one
   */
  void message(FieldPositions fields, byte[] message, OptionalLong timestamp) {
    switch (fields.globalNumber()) {
      case FILE_ID -> fileId(fields, message);
      case SESSION -> session(fields, message);
      case LAP -> laps++;
      case RECORD -> record(fields, message, timestamp);
      case DEVICE_INFO -> deviceInfo(fields, message);
      default -> {
        // says nothing that is reported
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
        List.copyOf(parts));
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

  /** The one that is known, or what becomes of both. */
  private static OptionalLong combined(
      OptionalLong one, OptionalLong other, LongBinaryOperator operator) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.isPresent() ? one : other;
    }
    return OptionalLong.of(operator.applyAsLong(one.getAsLong(), other.getAsLong()));
  }
}
