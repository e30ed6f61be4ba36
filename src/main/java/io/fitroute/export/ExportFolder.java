package io.fitroute.export;

import io.fitroute.inbox.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where exported files lie until they are delivered. */
public final class ExportFolder {

  private static final Logger LOG = LoggerFactory.getLogger(ExportFolder.class);

  private final Path folder;

  /**
   * @param folder there already
   */
  public ExportFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * A place for the file of one export for the event in hand. What lies there is removed when the
   * exchange is done with, however that ends.
   *
   * @param export its name, such as {@code original}
   */
  public Path place(Exchange exchange, String export) {
    Event event = exchange.getVariable("event", Event.class);
    Path file = folder.resolve(event.id() + "-" + export + ".part");
    exchange.getExchangeExtension().addOnCompletion(new Removal(file));
    return file;
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
