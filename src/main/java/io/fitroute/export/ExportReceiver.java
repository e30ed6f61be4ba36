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

/** Receives a downloaded file. Any kamelet of an export may use this as its last step. */
public final class ExportReceiver {

  private static final String PROVENANCE = "original";

  private final FileReceiver receiver;
  private final ExportFolder folder;

  /**
   * @param folder where files are kept until they are delivered
   */
  public ExportReceiver(FileReceiver receiver, ExportFolder folder) {
    this.receiver = receiver;
    this.folder = folder;
  }

  /** Takes the maximum size from the settings. */
  public static ExportReceiver of(Settings settings, FitCheck check, ExportFolder folder) {
    return new ExportReceiver(new FileReceiver(check, settings.bytes("export.max-size")), folder);
  }

  /**
   * Receives the body as the file of an export: decompresses gzip, checks the FIT file, and sets
   * the variables {@code export} (the file) and {@code report} (the report on it).
   *
   * @throws ExportRefused if it is not a valid FIT file
   * @throws IOException if the body cannot be read or the file cannot be written
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
