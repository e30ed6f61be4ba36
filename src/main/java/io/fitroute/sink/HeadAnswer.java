package io.fitroute.sink;

import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Converts the response to a HEAD request into the answer of the operation {@code stat}. */
public final class HeadAnswer {

  private static final String SIZE = "size";
  private static final long NOTHING_THERE = -1;

  /**
   * Replaces the headers by {@code size}: the file's size in bytes, or -1 if there is no file; it
   * is missing if the server does not report the size. If the server does not support HEAD, the
   * header {@code unknown} is set instead.
   *
   * @throws IOException if the response says neither that the file exists nor that it does not
   */
  public void read(Exchange exchange) throws IOException {
    Message message = exchange.getMessage();
    int status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
    String length = message.getHeader(Exchange.CONTENT_LENGTH, "", String.class);
    message.removeHeaders("*");
    switch (status) {
      case 200 -> {
        if (!length.isBlank()) {
          message.setHeader(SIZE, Long.valueOf(length.strip()));
        }
      }
      case 404, 410 -> message.setHeader(SIZE, NOTHING_THERE);
      case 405, 501 -> message.setHeader("unknown", "the server does not answer HEAD");
      default -> throw new IOException("the server answered HEAD with the status " + status);
    }
  }
}
