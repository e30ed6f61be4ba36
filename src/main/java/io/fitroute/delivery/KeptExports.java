package io.fitroute.delivery;

import io.fitroute.export.ExportFolder;
import io.fitroute.export.ExportedFile;
import io.fitroute.export.Exports;
import io.fitroute.fit.FileFormat;
import io.fitroute.fit.FitCheck;
import io.fitroute.fit.FitReport;
import io.fitroute.fit.InvalidFitFile;
import io.fitroute.fit.ReceivedFile;
import io.fitroute.inbox.Event;
import io.fitroute.ledger.Ledger;
import io.fitroute.ledger.SqlText;
import io.fitroute.sink.DurableFiles;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps exports until every sink has them, so that each is fetched once. */
public final class KeptExports {

  private static final String KEEP = SqlText.named("keep-export");
  private static final Duration LONGEST = Duration.ofDays(30);

  private static final String PREFIX = "kept-";
  private static final List<FileFormat> FOREIGN = List.of(FileFormat.GPX, FileFormat.TCX);
  private static final Duration AN_HOUR = Duration.ofHours(1);

  private final Ledger ledger;
  private final Path folder;
  private final boolean withForeignOriginals;
  private final Clock clock;

  /**
   * @param withForeignOriginals whether originals that are not FIT are delivered too; an export
   *     that has one is not kept but obtained again, while an import keeps both files
   */
  public KeptExports(
      Ledger ledger, ExportFolder folder, boolean withForeignOriginals, Clock clock) {
    this.ledger = ledger;
    this.folder = folder.path();
    this.withForeignOriginals = withForeignOriginals;
    this.clock = clock;
  }

  private record Kept(String place, ExportedFile export) {}

  /** Sets the variables {@code export} and {@code place} if a kept export exists. */
  public void recall(Exchange exchange, @Variable("event") Event event) throws IOException {
    if (exchange.getVariable(Exports.EXPORT) != null) {
      return; // already recalled for the same event
    }
    Optional<Kept> found = find(event.objectId());
    if (found.isPresent() && isWhole(found.get().export())) {
      exchange.setVariable(Exports.REPORT, report(found.get().export()));
      exchange.setVariable(Exports.EXPORT, found.get().export());
      exchange.setVariable("place", found.get().place());
      foreign(event.objectId()).ifPresent(file -> exchange.setVariable("foreignOriginal", file));
    }
  }

  private Optional<Kept> find(String activityId) {
    return ledger
        .read()
        .sql("select provenance, place, size, sha256 from kept_export where activity_id = ?")
        .param(activityId)
        .query(
            (row, number) ->
                new Kept(
                    row.getString("place"),
                    new ExportedFile(
                        file(activityId),
                        row.getString("provenance"),
                        row.getLong("size"),
                        row.getString("sha256"))))
        .optional();
  }

  private static boolean isWhole(ExportedFile export) throws IOException {
    return Files.isRegularFile(export.path())
        && ExportedFile.measured(export.path(), export.provenance()).equals(export);
  }

  private static FitReport report(ExportedFile export) throws IOException {
    try {
      return new FitCheck().check(export.path());
    } catch (InvalidFitFile e) {
      throw new IOException("the kept file is no longer valid FIT", e);
    }
  }

  private Path file(String activityId) {
    return file(folder, activityId);
  }

  /** The path of an activity's kept export in the folder of exports. */
  public static Path file(Path folder, String activityId) {
    return folder.resolve(PREFIX + FileName.safe(activityId) + ".fit");
  }

  /** The path of an original that is not FIT, next to the kept export. */
  public static Path foreignFile(Path folder, String activityId, FileFormat format) {
    String name = PREFIX + FileName.safe(activityId) + "." + format;
    return folder.resolve(name.toLowerCase(Locale.ROOT));
  }

  private Optional<ReceivedFile> foreign(String activityId) {
    return FOREIGN.stream()
        .filter(format -> Files.exists(foreignFile(folder, activityId, format)))
        .map(
            format ->
                new ReceivedFile(
                    foreignFile(folder, activityId, format), format, 0, "", Optional.empty()))
        .findFirst();
  }

  /** Keeps the variable {@code export} and its path. */
  void keep(Exchange exchange) throws IOException {
    ExportedFile export = exchange.getVariable(Exports.EXPORT, ExportedFile.class);
    String activityId = exchange.getVariable("event", Event.class).objectId();
    Path file = file(activityId);
    boolean kept = file.equals(export.path());
    boolean foreign = withForeignOriginals && exchange.getVariable("foreignOriginal") != null;
    if (kept || foreign) {
      return;
    }
    DurableFiles.copy(export.path(), file);
    String place = exchange.getVariable("place", String.class);
    ledger.write(jdbc -> keep(jdbc, activityId, export, place, clock.instant()));
  }

  /**
   * Records, within a transaction, that an export is at its {@linkplain #file(Path, String) place}.
   *
   * @param place the path of its file below a sink; empty to use {@code fit.file-name}
   */
  public static int keep(
      JdbcClient jdbc, String activityId, ExportedFile export, String place, Instant now) {
    return jdbc.sql(KEEP)
        .param("activityId", activityId)
        .param("provenance", export.provenance())
        .param("place", place)
        .param("size", export.size())
        .param("sha256", export.sha256())
        .param("now", now.toEpochMilli())
        .update();
  }

  /** Deletes the kept export of an event's activity. */
  public void release(@Variable("event") Event event) throws IOException {
    if (Files.exists(file(event.objectId())) || find(event.objectId()).isPresent()) {
      release(event.objectId());
    }
  }

  private void release(String activityId) throws IOException {
    // the file goes first, because after a crash nothing would refer to it
    Files.deleteIfExists(file(activityId));
    for (FileFormat format : FOREIGN) {
      Files.deleteIfExists(foreignFile(folder, activityId, format));
    }
    // this need not be durable yet: a row without its file counts as none
    ledger.note(
        jdbc ->
            jdbc.sql("delete from kept_export where activity_id = ?").param(activityId).update());
  }

  /** Deletes kept exports that no event has used for a long time. */
  public void forget() throws IOException {
    List<String> old =
        ledger
            .read()
            .sql("select activity_id from kept_export where kept_at < ?")
            .param(clock.millis() - LONGEST.toMillis())
            .query(String.class)
            .list();
    for (String activityId : old) {
      release(activityId);
    }
    removeOrphans();
  }

  /** Deletes copies in this folder whose file another instance has delivered. */
  private void removeOrphans() throws IOException {
    Set<Path> kept =
        ledger
            .read()
            .sql("select activity_id from kept_export")
            .query((row, number) -> file(row.getString("activity_id")))
            .set();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, PREFIX + "*")) {
      for (Path file : files) {
        boolean isForeign = !file.getFileName().toString().endsWith(".fit");
        if (!kept.contains(isForeign ? fitBeside(file) : file) && isOld(file)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private static Path fitBeside(Path foreign) {
    return foreign.resolveSibling(
        foreign.getFileName().toString().replaceFirst("[.][a-z]+$", ".fit"));
  }

  /** A file that is just being kept has no row yet, so young files are left alone. */
  private boolean isOld(Path file) throws IOException {
    Instant anHourAgo = clock.instant().minus(AN_HOUR);
    return Files.getLastModifiedTime(file).toInstant().isBefore(anHourAgo);
  }
}
