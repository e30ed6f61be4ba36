package io.fitroute.fit;

import io.fitroute.fit.InvalidFitFile.Defect;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Checks that a file is valid FIT and summarises it: headers, data sizes, the structure of all
 * messages, and the checksums of all chained files. Reads in one pass, with memory that does not
 * grow with the file.
 *
 * <p>Also valid are headers of 12 and 14 bytes, a header checksum of 0 (which means none), both
 * byte orders, compressed timestamps, developer fields, messages and fields outside the profile,
 * and bytes after the last checksum that do not look like another header, as some watches add them.
 * Values are not judged.
 *
 * <p>Stateless and thread-safe.
 */
public final class FitCheck {
  private static final int SHORT_HEADER = 12;
  private static final int LONG_HEADER = 14;
  private static final int CRC_SIZE = 2;
  private static final long LARGEST = 4L << 30;

  /**
   * Checks a file.
   *
   * @throws InvalidFitFile if it is not valid FIT
   * @throws IOException if it cannot be read
   */
  public FitReport check(Path file) throws IOException, InvalidFitFile {
    try (InputStream bytes = Files.newInputStream(file)) {
      return check(bytes);
    }
  }

  /**
   * As {@link #check(InputStream)}, after unpacking gzip.
   *
   * @throws InvalidFitFile if the content is not valid FIT
   * @throws IOException if it cannot be read or unpacked, or exceeds 4 GB
   */
  public FitReport checkUnpacked(InputStream bytes) throws IOException, InvalidFitFile {
    try (Unpacking unpacking = new Unpacking(bytes, LARGEST)) {
      return check(unpacking.bytes());
    }
  }

  /**
   * Checks a stream to its end and leaves it open.
   *
   * @throws InvalidFitFile if it is not valid FIT; then it may not have been read to its end
   * @throws IOException if it cannot be read
   */
  public FitReport check(InputStream bytes) throws IOException, InvalidFitFile {
    FitInput input = new FitInput(bytes);
    if (input.atEnd()) {
      throw new InvalidFitFile(
          Defect.EMPTY, "the file is empty; a FIT file starts with a header of 12 or 14 bytes");
    }
    ReportCollector collector = new ReportCollector();
    int segments = 0;
    long trailingBytes = 0;
    while (!input.atEnd()) {
      long start = input.position();
      input.resetCrc();
      byte[] header = new byte[LONG_HEADER];
      int length = input.readUpTo(header, SHORT_HEADER);
      if (segments > 0 && !looksLikeHeader(header, length)) {
        input.skipToEnd();
        trailingBytes = input.position() - start;
      } else {
        segments++;
        checkSegment(
            input, segments, start, readHeader(input, segments, header, length), collector);
      }
    }
    return collector.report(segments, trailingBytes);
  }

  /** A damaged or cut header is a defect, so trailing bytes must lack both signs of a header. */
  private static boolean looksLikeHeader(byte[] header, int length) {
    boolean version = length < 2 || header[1] >> 4 == 1 || header[1] >> 4 == 2;
    return hasMagic(header) || (isSize(header[0]) && version);
  }

  private static boolean isSize(int size) {
    return size == SHORT_HEADER || size == LONG_HEADER;
  }

  private static boolean hasMagic(byte[] header) {
    return header[8] == '.' && header[9] == 'F' && header[10] == 'I' && header[11] == 'T';
  }

  private void checkSegment(
      FitInput input, int segment, long start, Header header, ReportCollector collector)
      throws IOException, InvalidFitFile {
    long end = start + header.size() + header.dataSize() + CRC_SIZE;
    try {
      new MessageReader(input, segment, end - CRC_SIZE, collector).readAll();
      int computed = input.crc();
      int found = input.read() | input.read() << 8;
      if (found != computed) {
        throw new InvalidFitFile(
            Defect.WRONG_CRC,
            "segment %d ends in the CRC 0x%04X; that of its bytes is 0x%04X"
                .formatted(segment, found, computed));
      }
    } catch (EOFException e) {
      throw new InvalidFitFile(
          Defect.TRUNCATED,
          "the file ends at byte %d; by the header of segment %d it has %d bytes"
              .formatted(input.position(), segment, end));
    }
  }

  private Header readHeader(FitInput input, int segment, byte[] header, int length)
      throws IOException, InvalidFitFile {
    int size = header[0] & 0xFF;
    long start = input.position() - length;
    if (!isSize(size)) {
      throw noHeader(segment, start, "its header size is %d; allowed: 12 and 14".formatted(size));
    }
    try {
      if (length < SHORT_HEADER) {
        throw new EOFException();
      }
      if (!hasMagic(header)) {
        throw noHeader(segment, start, "\".FIT\" is missing at byte %d".formatted(start + 8));
      }
      if (size == LONG_HEADER) {
        checkHeaderCrc(input, segment);
      }
    } catch (EOFException e) {
      throw new InvalidFitFile(
          Defect.TRUNCATED,
          "the file ends at byte %d, inside of the header of segment %d, which has %d bytes"
              .formatted(input.position(), segment, size));
    }
    long dataSize =
        header[4] & 0xFF
            | (header[5] & 0xFF) << 8
            | (header[6] & 0xFF) << 16
            | (header[7] & 0xFFL) << 24;
    if (dataSize == 0) {
      throw new InvalidFitFile(
          Defect.WRONG_DATA_SIZE,
          "the header of segment %d says that it holds 0 bytes of data: it was never completed"
              .formatted(segment));
    }
    return new Header(size, dataSize);
  }

  private static void checkHeaderCrc(FitInput input, int segment)
      throws IOException, InvalidFitFile {
    int computed = input.crc();
    int found = input.read() | input.read() << 8;
    if (found != 0 && found != computed) {
      throw new InvalidFitFile(
          Defect.WRONG_CRC,
          "the header of segment %d has the CRC 0x%04X; that of its bytes is 0x%04X"
              .formatted(segment, found, computed));
    }
  }

  private static InvalidFitFile noHeader(int segment, long position, String reason) {
    return segment == 1
        ? new InvalidFitFile(Defect.NOT_FIT, "the file does not start with a FIT header: " + reason)
        : new InvalidFitFile(
            Defect.NOT_FIT,
            "segment %d ends at byte %d, and what follows is not a FIT header: %s"
                .formatted(segment - 1, position, reason));
  }

  private record Header(int size, long dataSize) {}
}
