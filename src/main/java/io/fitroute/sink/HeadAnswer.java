package io.fitroute.sink;

import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** What a server's answer to a HEAD request says about a file, as the answer to {@code stat}. */
public final class HeadAnswer {

  private static final String SIZE = "size";
  private static final long NOTHING_THERE = -1;

  /**
   * Replaces the headers of the answer by {@code size}, if the server tells it, or {@code unknown}.
   *
   * @throws IOException if the server neither has the file nor says that it has none
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
