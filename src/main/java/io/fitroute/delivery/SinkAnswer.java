package io.fitroute.delivery;

import java.util.Optional;
import java.util.OptionalLong;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * What a sink answered, read from the headers of docs/sinks.md directly after the call: whatever
 * becomes of headers and body later, nothing depends on them.
 *
 * @param taken there is something else at the path
 * @param mismatch the file there is another one, so nothing was done
 * @param found the file is there
 * @param path at which the file is; empty if that is the one that was asked for
 * @param size in bytes, -1 if there is no file; empty if the sink does not tell
 * @param sha256 empty if the sink does not tell
 * @param unknown why the sink cannot be asked, if that is so
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

  /** Reads it, and leaves it in the variable {@code answer}. */
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

  /** Whether the sink has a file there, as far as it tells. */
  public boolean isThere() {
    return size.isEmpty() || size.getAsLong() >= 0;
  }
}
