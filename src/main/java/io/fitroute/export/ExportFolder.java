package io.fitroute.export;

import io.fitroute.inbox.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.apache.camel.support.SynchronizationAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps exported files until they are delivered. */
public final class ExportFolder {

  private static final Logger LOG = LoggerFactory.getLogger(ExportFolder.class);

  private static final String ENDING = ".part";

  private final Path folder;
  private final List<String> exports;

  /**
   * @param folder an existing folder
   * @param exports the names of all exports
   */
  public ExportFolder(Path folder, List<String> exports) {
    this.folder = folder;
    this.exports = List.copyOf(exports);
  }

  public Path path() {
    return folder;
  }

  /**
   * The path for a file of one export for the current event.
   *
   * @param export its name, such as {@code original}
   */
  public Path place(Exchange exchange, String export) {
    return file(exchange.getVariable("event", Event.class), export);
  }

  /**
   * Deletes the file of an export when the exchange completes or fails. Call this on the caller's
   * exchange: a kamelet has its own, which ends before the file is delivered.
   */
  public void removeAtEnd(Exchange exchange, String export) {
    exchange.getExchangeExtension().addOnCompletion(new Removal(place(exchange, export)));
  }

  private Path file(Event event, String export) {
    return folder.resolve(event.id() + "-" + export + ENDING);
  }

  /**
   * Deletes files that a crashed attempt at the event left behind. This is safe because this
   * attempt holds the lease now.
   */
  public void clear(@Variable("event") Event event) throws IOException {
    for (String export : exports) {
      Files.deleteIfExists(file(event, export));
    }
  }

  private static final class Removal extends SynchronizationAdapter {
    private final Path file;

    Removal(Path file) {
      this.file = file;
    }

    @Override
    public void onDone(Exchange exchange) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        LOG.warn("{} could not be removed: {}", file.getFileName(), e.getMessage());
      }
    }
  }
}
