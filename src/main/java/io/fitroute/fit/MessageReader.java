package io.fitroute.fit;

import io.fitroute.fit.InvalidFitFile.Defect;
import java.io.IOException;
import java.util.OptionalLong;

/** Reads the messages of one segment and passes them to the collector. */
final class MessageReader {
  private static final int COMPRESSED_TIMESTAMP = 0x80;
  private static final int DEFINITION = 0x40;
  private static final int DEVELOPER_FIELDS = 0x20;
  private static final int LOCAL_TYPES = 16;
  private static final int DEFINITION_HEAD = 5;
  private static final int FIELD_SIZE = 3;
  private static final int MAXIMUM_FIELDS = 255;

  private final FitInput input;
  private final int segment;
  private final long end;
  private final ReportCollector collector;
  private final FieldPositions[] localTypes = new FieldPositions[LOCAL_TYPES];
  private final byte[] head = new byte[DEFINITION_HEAD];
  private final byte[] fields = new byte[FIELD_SIZE * MAXIMUM_FIELDS];
  private final byte[] developerFields = new byte[FIELD_SIZE * MAXIMUM_FIELDS];
  private byte[] message = new byte[256];
  private OptionalLong lastTimestamp = OptionalLong.empty();

  /**
   * @param end the position of the first byte after the data
   */
  MessageReader(FitInput input, int segment, long end, ReportCollector collector) {
    this.input = input;
    this.segment = segment;
    this.end = end;
    this.collector = collector;
  }

  /**
   * Reads all messages.
   *
   * @throws java.io.EOFException if the input ends too early
   */
  void readAll() throws IOException, InvalidFitFile {
    while (input.position() < end) {
      long start = input.position();
      int header = input.read();
      if ((header & COMPRESSED_TIMESTAMP) != 0) {
        data(start, header >>> 5 & 0x03, compressed(header & 0x1F));
      } else if ((header & DEFINITION) != 0) {
        definition(start, header & 0x0F, (header & DEVELOPER_FIELDS) != 0);
      } else {
        data(start, header & 0x0F, OptionalLong.empty());
      }
    }
  }

  private void definition(long start, int localType, boolean developer)
      throws IOException, InvalidFitFile {
    read(start, head, DEFINITION_HEAD);
    int architecture = head[1];
    if (architecture != 0 && architecture != 1) {
      throw new InvalidFitFile(
          Defect.BROKEN_MESSAGE,
          "the definition at byte %d in segment %d has the architecture %d; 0 and 1 are possible"
              .formatted(start, segment, architecture & 0xFF));
    }
    boolean bigEndian = architecture == 1;
    int first = head[2] & 0xFF;
    int second = head[3] & 0xFF;
    int globalNumber = bigEndian ? first << 8 | second : second << 8 | first;
    int count = head[4] & 0xFF;
    read(start, fields, FIELD_SIZE * count);
    int developerBytes = developer ? developerBytes(start) : 0;
    localTypes[localType] =
        new FieldPositions(globalNumber, bigEndian, fields, count, developerBytes);
  }

  private int developerBytes(long start) throws IOException, InvalidFitFile {
    read(start, head, 1);
    int count = head[0] & 0xFF;
    read(start, developerFields, FIELD_SIZE * count);
    int bytes = 0;
    for (int i = 0; i < count; i++) {
      bytes += developerFields[FIELD_SIZE * i + 1] & 0xFF;
    }
    return bytes;
  }

  private void data(long start, int localType, OptionalLong compressedTimestamp)
      throws IOException, InvalidFitFile {
    FieldPositions layout = localTypes[localType];
    if (layout == null) {
      throw new InvalidFitFile(
          Defect.BROKEN_MESSAGE,
          "the message at byte %d in segment %d is of local type %d, which was not defined before"
              .formatted(start, segment, localType));
    }
    if (layout.size() > message.length) {
      message = new byte[layout.size()];
    }
    read(start, message, layout.size());
    OptionalLong own = layout.unsigned(message, FieldPositions.TIMESTAMP);
    OptionalLong timestamp = own.isPresent() ? own : compressedTimestamp;
    if (timestamp.isPresent()) {
      lastTimestamp = timestamp;
    }
    collector.message(layout, message, timestamp);
  }

  /**
   * A timestamp given by its low five bits: the first one after the last timestamp that has these
   * bits.
   */
  private OptionalLong compressed(int lowBits) {
    if (lastTimestamp.isEmpty()) {
      return OptionalLong.empty();
    }
    long last = lastTimestamp.getAsLong();
    return OptionalLong.of(last + (lowBits - last & 0x1F));
  }

  private void read(long start, byte[] target, int length) throws IOException, InvalidFitFile {
    if (input.position() + length > end) {
      throw new InvalidFitFile(
          Defect.WRONG_DATA_SIZE,
          "the message at byte %d in segment %d goes on to byte %d; by the header's data size all messages end at byte %d"
              .formatted(start, segment, input.position() + length, end));
    }
    input.readFully(target, length);
  }
}
