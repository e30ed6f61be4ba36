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

/** Where exported files lie until they are delivered. */
public final class ExportFolder {

  private static final Logger LOG = LoggerFactory.getLogger(ExportFolder.class);

  private static final String ENDING = ".part";

  private final Path folder;
  private final List<String> exports;

  /**
   * @param folder there already
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
   * A place for the file of one export for the event in hand.
   *
   * @param export its name, such as {@code original}
   */
  public Path place(Exchange exchange, String export) {
    return file(exchange.getVariable("event", Event.class), export);
  }

  /**
   * Has what lies at the place of an export removed when the exchange is done with, however that
   * ends. A kamelet works on an exchange of its own, which ends before the file is delivered, so
   * this is for its caller.
   */
  public void removeAtEnd(Exchange exchange, String export) {
    exchange.getExchangeExtension().addOnCompletion(new Removal(place(exchange, export)));
  }

  private Path file(Event event, String export) {
    return folder.resolve(event.id() + "-" + export + ENDING);
  }

  /** Removes what an attempt at the event left here that died; its lease is ours now. */
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
