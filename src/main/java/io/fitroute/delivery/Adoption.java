package io.fitroute.delivery;

import io.fitroute.delivery.DownloadList.Entry;
import io.fitroute.fit.FitCheck;
import io.fitroute.fit.FitReport;
import io.fitroute.fit.InvalidFitFile;
import io.fitroute.fit.Sha256;
import io.fitroute.inbox.EventLog;
import io.fitroute.inbox.EventState;
import io.fitroute.ledger.Ledger;
import io.fitroute.ledger.SqlText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Takes over files that another tool has put into the folder of the file sink. The ledger records
 * them as delivered, so they are never fetched again; the files stay unchanged.
 */
public final class Adoption {

  /** The origin of adoption events. */
  public static final String ORIGIN = "import";

  private static final String SINK = "file";
  private static final String PROVENANCE = "archive";
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,18}");
  private static final String ADOPT = SqlText.named("adopt-activity");

  private final Path base;
  private final Path workingDirectory;
  private final long largest;
  private final ZoneId zone;
  private final Clock clock;
  private final FitCheck check = new FitCheck();
  private final Set<String> seen = new HashSet<>();
  private final Set<String> paths = new HashSet<>();

  /**
   * @param base the folder of the file sink
   * @param workingDirectory where relative paths in the list may start, besides the folder
   * @param largest the largest accepted file, in bytes
   * @param zone the zone of times in the list that have none
   */
  public Adoption(Path base, Path workingDirectory, long largest, ZoneId zone, Clock clock) {
    this.base = base;
    this.workingDirectory = workingDirectory;
    this.largest = largest;
    this.zone = zone;
    this.clock = clock;
  }

  /** The result for an entry. */
  public enum Verdict {
    TAKEN,
    /** The ledger already records a delivery. */
    KNOWN,
    NOT_TAKEN
  }

  /**
   * The result of examining an entry.
   *
   * @param reason why it is not taken; else empty
   * @param delivery the delivery to record, if any
   * @param report the contents of its file
   */
  public record Finding(
      Entry entry,
      Verdict verdict,
      String reason,
      Optional<Delivery> delivery,
      Optional<FitReport> report) {}

  /** A file that can be adopted, and its contents. */
  private record Found(Delivery delivery, FitReport report) {}

  /** Examines an entry and its file without changing anything. */
  public Finding examine(Entry entry, Optional<Ledger> ledger) {
    if (!NUMBER.matcher(entry.activityId()).matches()) {
      return refused(entry, "its activity_id is not an activity ID");
    }
    return examineFile(entry, ledger);
  }

  /** As {@link #examine}, but accepts any ID. */
  public Finding examineFile(Entry entry, Optional<Ledger> ledger) {
    if (seen.contains(entry.activityId())) {
      return refused(entry, "the activity is already listed above");
    }
    if (ledger.filter(known -> isDelivered(known, entry.activityId())).isPresent()) {
      return new Finding(entry, Verdict.KNOWN, "", Optional.empty(), Optional.empty());
    }
    try {
      Found found = found(entry);
      String path = DeliveryIntent.key(found.delivery().path());
      if (paths.contains(path) || ledger.filter(known -> isReserved(known, path)).isPresent()) {
        return refused(entry, "its file already belongs to another activity");
      }
      paths.add(path);
      seen.add(entry.activityId());
      return new Finding(
          entry, Verdict.TAKEN, "", Optional.of(found.delivery()), Optional.of(found.report()));
    } catch (NotTaken e) {
      return refused(entry, e.getMessage());
    } catch (InvalidFitFile e) {
      return refused(entry, "it is not valid FIT: " + e.getMessage());
    } catch (IOException e) {
      return refused(entry, "it cannot be read: " + e.getClass().getSimpleName());
    }
  }

  private static Finding refused(Entry entry, String reason) {
    return new Finding(entry, Verdict.NOT_TAKEN, reason, Optional.empty(), Optional.empty());
  }

  private static boolean isDelivered(Ledger ledger, String activityId) {
    return ledger
            .read()
            .sql("select count(*) from delivery where activity_id = ? and sink = ?")
            .params(activityId, SINK)
            .query(Integer.class)
            .single()
        > 0;
  }

  private static boolean isReserved(Ledger ledger, String path) {
    return ledger
            .read()
            .sql("select count(*) from delivery_intent where sink = ? and path_key = ?")
            .params(SINK, path)
            .query(Integer.class)
            .single()
        > 0;
  }

  /** Records all given files or none; entries that have become known meanwhile stay unchanged. */
  public void record(List<Finding> taken, Ledger ledger) {
    ledger.write(
        jdbc -> {
          taken.forEach(
              finding ->
                  finding
                      .delivery()
                      .ifPresent(one -> record(jdbc, one, finding.report().orElseThrow())));
          return taken.size();
        });
  }

  private void record(JdbcClient jdbc, Delivery delivery, FitReport report) {
    if (!DeliveryIntents.keep(jdbc, delivery, 0)) {
      return;
    }
    long event =
        jdbc.sql(ADOPT)
            .param("origin", ORIGIN)
            .param("activity", delivery.activityId())
            .param("time", delivery.deliveredAt().toEpochMilli())
            .param("now", clock.millis())
            .param("state", EventState.DONE.word())
            .param("reason", "imported: " + SINK + ":" + delivery.path())
            .query(Long.class)
            .single();
    EventLog.add(jdbc, event, clock.millis(), "done: imported");
    if (Deliveries.insert(jdbc, delivery, event)) {
      Recordings.record(jdbc, delivery, "", report, clock.instant());
    }
  }

  private Found found(Entry entry) throws IOException, InvalidFitFile, NotTaken {
    Path file = file(entry.filePath());
    long size = Files.size(file);
    if (size > largest) {
      throw new NotTaken("it is larger than export.max-size, " + largest + " bytes");
    }
    Sha256 sum = new Sha256();
    FitReport report;
    try (InputStream in = sum.over(Files.newInputStream(file))) {
      report = check.check(in);
    }
    return new Found(
        new Delivery(
            entry.activityId(),
            SINK,
            base.toRealPath().relativize(file).toString().replace('\\', '/'),
            PROVENANCE,
            size,
            sum.text(),
            time(entry.downloadTime()).orElse(Files.getLastModifiedTime(file).toInstant())),
        report);
  }

  /** Never opens a file outside the sink's folder, wherever links lead. */
  private Path file(String written) throws IOException, NotTaken {
    if (written.isEmpty()) {
      throw new NotTaken("it has no file_path");
    }
    Path found;
    try {
      found =
          Stream.of(workingDirectory, base)
              .map(folder -> folder.resolve(written))
              .filter(Files::exists)
              .findFirst()
              .orElseThrow(() -> new NotTaken("there is no such file"));
    } catch (InvalidPathException e) {
      throw new NotTaken("its file_path is not a path");
    }
    Path file = found.toRealPath();
    if (!Files.exists(base) || !file.startsWith(base.toRealPath())) {
      throw new NotTaken(
          "it is outside download.base-dir, which is "
              + base
              + ": set that to the folder of the file, or move the file there");
    }
    if (!Files.isRegularFile(file)) {
      throw new NotTaken("it is not a file");
    }
    return file;
  }

  private Optional<Instant> time(String written) {
    try {
      return Optional.of(OffsetDateTime.parse(written).toInstant()).filter(this::isSensible);
    } catch (DateTimeException withoutZone) {
      try {
        return Optional.of(LocalDateTime.parse(written.replace(' ', 'T')).atZone(zone).toInstant())
            .filter(this::isSensible);
      } catch (DateTimeException none) {
        return Optional.empty();
      }
    }
  }

  private boolean isSensible(Instant time) {
    return time.isAfter(Instant.EPOCH) && !time.isAfter(clock.instant());
  }

  private static final class NotTaken extends Exception {

    NotTaken(String message) {
      super(message);
    }
  }
}
