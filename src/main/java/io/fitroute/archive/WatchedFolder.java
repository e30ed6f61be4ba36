package io.fitroute.archive;

import io.fitroute.export.ExportFolder;
import io.fitroute.ledger.Ledger;
import io.fitroute.ledger.Rows;
import io.fitroute.settings.Settings;
import io.fitroute.strava.api.Athletes;
import io.fitroute.system.SystemServices;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Body;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Imports files as they appear in {@code import.watch}. As the filter of Camel's consumer it skips
 * files that were already imported, also after a restart. Files are identified by name and
 * modification time.
 */
public final class WatchedFolder implements GenericFileFilter<File> {

  private static final Logger LOG = LoggerFactory.getLogger(WatchedFolder.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  private final Settings settings;
  private final Ledger ledger;
  private final Path exports;
  private final Athletes athletes;
  private final SystemServices services;
  private final AtomicReference<Import> run = new AtomicReference<>();

  public WatchedFolder(
      Settings settings,
      Ledger ledger,
      ExportFolder exports,
      Athletes athletes,
      SystemServices services) {
    this.settings = settings;
    this.ledger = ledger;
    this.exports = exports.path();
    this.athletes = athletes;
    this.services = services;
  }

  /** Started on first use, because this bean is created even if no folder is set. */
  private Import run() {
    Import known = run.get();
    if (known == null) {
      String folder = settings.optionalPath("import.watch").orElseThrow().toString();
      known = Import.begin(ledger, folder, "watch", Source.ORIGINAL, services.clock().instant());
      run.set(known);
    }
    return known;
  }

  private static String key(GenericFile<File> file) {
    return file.getRelativeFilePath() + " of " + file.getLastModified();
  }

  /**
   * Imports a file. The consumer retries after an exception.
   *
   * @throws IOException if the file cannot be stored
   * @throws IllegalStateException if too many files wait for their delivery
   */
  public void take(@Body GenericFile<File> file) throws IOException, InterruptedException {
    List<Athletes.Athlete> connected = athletes.all();
    String owner = connected.size() == 1 ? connected.get(0).id() : "";
    Intake intake = new Intake(settings, ledger, exports, owner, services.clock());
    if (services.await(intake::room, room -> room > 0, BETWEEN_LOOKS, PATIENCE) <= 0) {
      throw new IllegalStateException("too many files wait for their delivery");
    }
    Path path = file.getFile().toPath();
    Verdict verdict =
        intake.take(
            run(), SourceFile.of(key(file), Files.size(path), () -> Files.newInputStream(path)));
    intake.finish();
    if (!verdict.isDelivered()) {
      LOG.info("{} is {}: {}", path.getFileName(), verdict.state().word(), verdict.reason());
    }
  }

  @Override
  public boolean accept(GenericFile<File> file) {
    return file.isDirectory()
        || !Rows.any(
            ledger.read(),
            "select count(*) from import_entry where import_id = ? and name = ?",
            run().id(),
            key(file));
  }
}
