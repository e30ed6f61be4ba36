package io.fitroute.export;

import io.fitroute.export.ExportRefused.Kind;
import io.fitroute.fit.FileFormat;
import io.fitroute.fit.FileReceiver;
import io.fitroute.fit.FitCheck;
import io.fitroute.fit.ReceivedFile;
import io.fitroute.fit.UnacceptableFile;
import io.fitroute.settings.Settings;
import java.io.IOException;
import java.io.InputStream;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;

/**
 * Receives the file that an export has downloaded: what every kamelet of an export may end with.
 */
public final class ExportReceiver {

  private static final String PROVENANCE = "original";

  private final FileReceiver receiver;
  private final ExportFolder folder;

  /**
   * @param folder where files lie until they are delivered
   */
  public ExportReceiver(FileReceiver receiver, ExportFolder folder) {
    this.receiver = receiver;
    this.folder = folder;
  }

  /** With the largest file that is set. */
  public static ExportReceiver of(Settings settings, FitCheck check, ExportFolder folder) {
    return new ExportReceiver(new FileReceiver(check, settings.bytes("export.max-size")), folder);
  }

  /**
   * Takes the body as the file of the export in hand: gzip is unpacked, FIT is checked. The file is
   * then in the variable {@code export}, the report on it in {@code report}.
   *
   * @throws ExportRefused if it is no valid FIT file
   * @throws IOException if it breaks off
   */
  public void receive(
      Exchange exchange, @Variable("exportName") String export, @Body InputStream body)
      throws IOException {
    try (InputStream content = body == null ? InputStream.nullInputStream() : body) {
      ReceivedFile file = receiver.receive(content, folder.place(exchange, export));
      if (file.format() != FileFormat.FIT) {
        throw new ExportRefused(
            Kind.FOREIGN,
            "the file of the export " + export + " is " + file.format() + ", not FIT");
      }
      exchange.setVariable(Exports.REPORT, file.fit().orElse(null));
      exchange.setVariable(
          Exports.EXPORT, new ExportedFile(file.path(), PROVENANCE, file.size(), file.sha256()));
    } catch (UnacceptableFile e) {
      throw new ExportRefused(
          e.kind() == UnacceptableFile.Kind.TRUNCATED ? Kind.PASSING : Kind.UNUSABLE,
          "the file of the export " + export + " is not usable: " + e.getMessage());
    }
  }
}
