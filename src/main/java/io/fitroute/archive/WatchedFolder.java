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
import org.apache.camel.Body;
import org.apache.camel.Header;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in the files of {@code import.watch} as they come. As Camel's idempotent repository it
 * knows, also after a restart, which files it has seen: a name and the time of its last change.
 */
public final class WatchedFolder extends ServiceSupport implements IdempotentRepository {

  private static final Logger LOG = LoggerFactory.getLogger(WatchedFolder.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  private final Settings settings;
  private final Ledger ledger;
  private final Path exports;
  private final Athletes athletes;
  private final SystemServices services;
  private volatile Import run;

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

  @Override
  protected void doStart() {
    String folder = settings.optionalPath("import.watch").map(Path::toString).orElse("");
    run = Import.begin(ledger, folder, "watch", Source.ORIGINAL, services.clock().instant());
  }

  /**
   * Takes a file in.
   *
   * @param key what it is known by
   * @throws IOException if this machine's disk cannot take it; it is tried again
   * @throws IllegalStateException if too many wait for their delivery; it is tried again
   */
  public void take(@Body File file, @Header("key") String key)
      throws IOException, InterruptedException {
    List<Athletes.Athlete> connected = athletes.all();
    String owner = connected.size() == 1 ? connected.get(0).id() : "";
    Intake intake = new Intake(settings, ledger, exports, owner, services.clock());
    if (services.await(intake::room, room -> room > 0, BETWEEN_LOOKS, PATIENCE) <= 0) {
      throw new IllegalStateException("too many files wait for their delivery");
    }
    Path path = file.toPath();
    Verdict verdict =
        intake.take(run, SourceFile.of(key, Files.size(path), () -> Files.newInputStream(path)));
    intake.finish();
    if (!verdict.isDelivered()) {
      LOG.info("{} is {}: {}", path.getFileName(), verdict.state().word(), verdict.reason());
    }
  }

  @Override
  public boolean contains(String key) {
    return Rows.any(
        ledger.read(),
        "select count(*) from import_entry where import_id = ? and name = ?",
        run.id(),
        key);
  }

  /** Does nothing: a file is noted as it is taken in. */
  @Override
  public boolean add(String key) {
    return true;
  }

  @Override
  public boolean remove(String key) {
    return true;
  }

  @Override
  public boolean confirm(String key) {
    return true;
  }

  /** Does nothing: what was seen was seen. */
  @Override
  public void clear() {}
}
