package io.fitroute.delivery;

import java.util.Optional;
import java.util.OptionalLong;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * A sink's response, read from the headers documented in docs/sinks.md directly after the call, so
 * that later changes to headers and body do not matter.
 *
 * @param taken whether there is a different file at the path
 * @param mismatch whether the file there differs, so that nothing was done
 * @param found whether the file is there
 * @param path the path of the file; empty if it is the requested one
 * @param size in bytes, -1 if there is no file; empty if not reported
 * @param sha256 empty if not reported
 * @param unknown why the sink cannot be asked; usually empty
 */
public record SinkAnswer(
    boolean taken,
    boolean mismatch,
    boolean found,
    Optional<String> path,
    OptionalLong size,
    Optional<String> sha256,
    Optional<String> unknown) {

  static final String VARIABLE = "answer";

  /** Sets the variable {@code answer} to the response. */
  public static void read(Exchange exchange) {
    Message message = exchange.getMessage();
    exchange.setVariable(
        VARIABLE,
        new SinkAnswer(
            message.getHeader("taken", false, Boolean.class),
            message.getHeader("mismatch", false, Boolean.class),
            message.getHeader("found", false, Boolean.class),
            text(message, "file"),
            Optional.ofNullable(message.getHeader("size", Long.class)).stream()
                .mapToLong(Long::longValue)
                .findFirst(),
            text(message, "sha256"),
            text(message, "unknown")));
  }

  private static Optional<String> text(Message message, String header) {
    return Optional.ofNullable(message.getHeader(header, String.class));
  }

  /** Whether the sink has the file, as far as it reports. */
  public boolean isThere() {
    return size.isEmpty() || size.getAsLong() >= 0;
  }
}
