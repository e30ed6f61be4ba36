package io.fitroute.fit;

import io.fitroute.fit.UnacceptableFile.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Receives an activity's file and judges it by its content alone: gzip is unpacked, up to twice;
 * FIT is {@linkplain FitCheck checked}; GPX, TCX and JSON are recognised and must end like complete
 * documents; anything else is refused. Memory use does not grow with the file.
 *
 * <p>Stateless and thread-safe, as long as each call has its own target.
 */
public final class FileReceiver {
  private static final int TAIL_SIZE = 1 << 16;
  private static final int BYTES_SHOWN = 8;

  private final FitCheck check;
  private final long maximumSize;

  /**
   * @param maximumSize the largest accepted file in bytes, both packed and unpacked
   */
  public FileReceiver(FitCheck check, long maximumSize) {
    if (maximumSize < 1) {
      throw new IllegalArgumentException(
          "maximum size of %d bytes: at least 1 is needed".formatted(maximumSize));
    }
    this.check = check;
    this.maximumSize = maximumSize;
  }

  /**
   * Stores a file and checks it. On return the file is forced to disk, but not its folder entry.
   *
   * @param source read to its end unless the file is refused earlier; left open
   * @param target created or replaced; removed if anything is thrown
   * @throws UnacceptableFile if it is neither valid FIT nor a complete GPX, TCX or JSON document
   * @throws IOException if the source cannot be read or the target cannot be written
   */
  public ReceivedFile receive(InputStream source, Path target)
      throws IOException, UnacceptableFile {
    FileChannel file =
        FileChannel.open(
            target,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    boolean accepted = false;
    try (file;
        Unpacking unpacking = new Unpacking(source, maximumSize)) {
      ReceivedFile received = store(unpacking.bytes(), file, target);
      file.force(true);
      accepted = true;
      return received;
    } catch (RefusedBytes e) {
      throw new UnacceptableFile(e.kind(), e.getMessage(), e);
    } finally {
      if (!accepted) {
        Files.deleteIfExists(target);
      }
    }
  }

  private ReceivedFile store(InputStream bytes, FileChannel file, Path target)
      throws IOException, UnacceptableFile {
    byte[] head = bytes.readNBytes(FileFormat.HEAD_SIZE);
    FileFormat format = FileFormat.of(head);
    refuseOther(format, head);
    Sha256 sum = new Sha256();
    OutputStream stored = sum.over(Channels.newOutputStream(file));
    stored.write(head);
    long size = head.length + bytes.transferTo(stored);
    Optional<FitReport> report = Optional.empty();
    if (format == FileFormat.FIT) {
      report = Optional.of(checkFit(target));
    } else {
      requireWhole(format, target, size);
    }
    return new ReceivedFile(target, format, size, sum.text(), report);
  }

  private FitReport checkFit(Path target) throws IOException, UnacceptableFile {
    try {
      return check.check(target);
    } catch (InvalidFitFile e) {
      Kind kind = e.defect() == InvalidFitFile.Defect.TRUNCATED ? Kind.TRUNCATED : Kind.CORRUPT;
      throw new UnacceptableFile(kind, "a FIT file that is not valid: " + e.getMessage(), e);
    }
  }

  private static void requireWhole(FileFormat format, Path target, long size)
      throws IOException, UnacceptableFile {
    byte[] tail;
    try (InputStream stored = Files.newInputStream(target)) {
      stored.skipNBytes(Math.max(0, size - TAIL_SIZE));
      tail = stored.readNBytes(TAIL_SIZE);
    }
    if (!FormatRecognition.isWhole(format, tail)) {
      throw new UnacceptableFile(
          Kind.TRUNCATED, "an incomplete %s document of %d bytes".formatted(format, size));
    }
  }

  private static void refuseOther(FileFormat format, byte[] head) throws UnacceptableFile {
    switch (format) {
      case FIT, GPX, TCX, JSON -> {
        // checked when it is complete
      }
      case HTML ->
          throw new UnacceptableFile(Kind.HTML, "an HTML page instead of an activity's file");
      case EMPTY ->
          throw new UnacceptableFile(
              Kind.EMPTY,
              head.length == 0 ? "an empty file" : "a file that contains only whitespace");
      case UNKNOWN ->
          throw new UnacceptableFile(
              Kind.UNKNOWN,
              "neither FIT nor GPX, TCX or JSON: it starts with the bytes "
                  + HexFormat.ofDelimiter(" ")
                      .withUpperCase()
                      .formatHex(Arrays.copyOf(head, Math.min(head.length, BYTES_SHOWN))));
    }
  }
}
