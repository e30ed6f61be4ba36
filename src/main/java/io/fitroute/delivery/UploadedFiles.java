package io.fitroute.delivery;

import io.fitroute.export.ExportFolder;
import io.fitroute.export.ExportedFile;
import io.fitroute.export.Exports;
import io.fitroute.fit.FileFormat;
import io.fitroute.fit.FileReceiver;
import io.fitroute.fit.FitCheck;
import io.fitroute.fit.ReceivedFile;
import io.fitroute.fit.UnacceptableFile;
import io.fitroute.inbox.Event;
import io.fitroute.settings.Settings;
import io.fitroute.sink.DurableFiles;
import io.fitroute.strava.activity.Activity;
import io.fitroute.strava.upload.Upload;
import io.fitroute.strava.upload.Uploads;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;

/** Keeps copies of the files to upload until their activities are delivered. */
public final class UploadedFiles {

  /** Strava's limit for a file, compressed or not: 25 MB. */
  private static final int LARGEST = 25 * 1024 * 1024;

  private static final Duration A_MONTH = Duration.ofDays(30);
  private static final byte[] GZIP = {0x1f, (byte) 0x8b};

  private final Path folder;
  private final FileReceiver receiver;
  private final Uploads uploads;
  private final Deliveries deliveries;
  private final ExportFolder exports;
  private final Clock clock;

  public UploadedFiles(
      Settings settings,
      Uploads uploads,
      Deliveries deliveries,
      ExportFolder exports,
      Clock clock) {
    this.folder = folder(settings);
    this.receiver = receiver(settings);
    this.uploads = uploads;
    this.deliveries = deliveries;
    this.exports = exports;
    this.clock = clock;
  }

  private static Path folder(Settings settings) {
    return settings.path("data.dir").resolve("uploads");
  }

  private static FileReceiver receiver(Settings settings) {
    return new FileReceiver(new FitCheck(), settings.bytes("export.max-size"));
  }

  /**
   * A file that Strava accepts.
   *
   * @param sha256 the hash of its uncompressed content
   * @param dataType Strava's name for the format, such as {@code fit.gz}
   * @param content the bytes of the file, possibly compressed
   */
  public record Checked(String sha256, String dataType, byte[] content) {}

  /**
   * Checks a file.
   *
   * @throws IOException if it cannot be read, is too large, or has a format that Strava does not
   *     accept
   * @throws UnacceptableFile if it is not valid FIT, GPX or TCX
   */
  public static Checked check(Settings settings, Path file) throws IOException, UnacceptableFile {
    if (Files.isDirectory(file)) {
      throw new IOException("it is a folder");
    }
    byte[] content;
    try (InputStream bytes = Files.newInputStream(file)) {
      content = bytes.readNBytes(LARGEST + 1);
    }
    if (content.length > LARGEST) {
      throw new IOException(
          "it is larger than " + LARGEST + " bytes, the most that Strava accepts");
    }
    Path unpacked = Files.createTempFile("fitroute-upload", ".tmp");
    try {
      ReceivedFile received =
          receiver(settings).receive(new ByteArrayInputStream(content), unpacked);
      if (received.format() == FileFormat.JSON) {
        throw new IOException("it is JSON; Strava accepts FIT, GPX and TCX");
      }
      String type = received.format().name().toLowerCase(Locale.ROOT);
      return new Checked(received.sha256(), isPacked(content) ? type + ".gz" : type, content);
    } finally {
      Files.deleteIfExists(unpacked);
    }
  }

  private static boolean isPacked(byte[] content) {
    return content[0] == GZIP[0] && content[1] == GZIP[1];
  }

  /** Stores a durable copy of a file for its upload. */
  public static void store(Settings settings, Checked file) throws IOException {
    Path folder = Files.createDirectories(folder(settings));
    Path target = folder.resolve(file.sha256() + "." + file.dataType());
    if (!Files.exists(target) || Files.size(target) != file.content().length) {
      Path copy = Files.write(folder.resolve(file.sha256() + ".part"), file.content());
      DurableFiles.copy(copy, target);
      Files.delete(copy);
    }
  }

  /** The path of an upload's copy, which may no longer exist. */
  public Path path(@Variable("upload") Upload upload) {
    return folder.resolve(upload.sha256() + "." + upload.dataType());
  }

  /**
   * Whether the event's activity was delivered from streams although its original was uploaded from
   * here.
   */
  public boolean isToReplaceStreams(@Variable("event") Event event) {
    return deliveries.of(event.objectId()).stream()
            .anyMatch(one -> one.provenance().equals("streams"))
        && uploads.original(event.ownerId(), event.objectId(), Optional.empty()).isPresent();
  }

  /**
   * Sets the variables {@code export} and {@code report} if the event's activity was uploaded from
   * here and the copy still exists.
   */
  public void export(
      Exchange exchange, @Variable("event") Event event, @Variable("activity") Activity activity)
      throws IOException, UnacceptableFile {
    Optional<Path> original =
        uploads
            .original(event.ownerId(), event.objectId(), Optional.ofNullable(activity))
            .map(this::path)
            .filter(Files::exists);
    if (original.isPresent()) {
      exports.removeAtEnd(exchange, Upload.ORIGIN);
      try (InputStream bytes = new BufferedInputStream(Files.newInputStream(original.get()))) {
        ReceivedFile file = receiver.receive(bytes, exports.place(exchange, Upload.ORIGIN));
        exchange.setVariable(Exports.REPORT, file.fit().orElseThrow());
        exchange.setVariable(
            Exports.EXPORT, new ExportedFile(file.path(), "original", file.size(), file.sha256()));
      }
    }
  }

  /** Deletes copies that no upload or delivery needs any more. */
  public void forget() throws IOException {
    Instant monthAgo = clock.instant().minus(A_MONTH);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(Files.createDirectories(folder))) {
      for (Path file : files) {
        String sha256 = file.getFileName().toString().replaceFirst("[.].*", "");
        if (!uploads.isNeeded(sha256, monthAgo)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}
