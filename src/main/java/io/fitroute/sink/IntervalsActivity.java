package io.fitroute.sink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.http.base.HttpOperationFailedException;

/**
 * The id of an activity at Intervals.icu: a number after the letter i, or for old activities just a
 * number.
 */
public final class IntervalsActivity {

  private static final Pattern ID = Pattern.compile("i?[0-9]{1,20}");
  private static final int LONGEST_ANSWER = 1 << 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Sets the variable {@code sinkPath} to the id in the body, the response to an upload. The
   * variable stays unchanged if the response has no id, as may happen for a file that already
   * existed.
   *
   * @throws HttpOperationFailedException if the status is not 2xx
   * @throws IOException if the response cannot be read
   */
  public void note(
      Exchange exchange, @Header(Exchange.HTTP_RESPONSE_CODE) int status, @Body InputStream answer)
      throws HttpOperationFailedException, IOException {
    try (InputStream content = answer == null ? InputStream.nullInputStream() : answer) {
      if (status < 200 || status >= 300) {
        String server = exchange.getProperty(Exchange.TO_ENDPOINT, String.class);
        throw new HttpOperationFailedException(
            server.replaceFirst("[?].*", ""), status, "", null, Map.of(), null);
      }
      id(content.readNBytes(LONGEST_ANSWER)).ifPresent(id -> exchange.setVariable("sinkPath", id));
    }
  }

  private static Optional<String> id(byte[] answer) {
    try {
      JsonNode upload = JSON.readTree(answer);
      String id = upload.path("id").asText(upload.path("activities").path(0).path("id").asText());
      return Optional.of(id).filter(found -> ID.matcher(found).matches());
    } catch (IOException noJson) {
      return Optional.empty();
    }
  }

  /** Whether the header {@code file} holds no id because Intervals.icu did not report one. */
  public boolean isUnknown(@Header("file") String path) {
    return !ID.matcher(path).matches();
  }

  /**
   * Converts the response to the request for an activity into the answer of the operation {@code
   * stat}: removes the headers, and sets {@code size} to -1 if there is no such activity.
   *
   * @throws IOException if the response says neither that the activity exists nor that it does not
   */
  public void found(Exchange exchange, @Header(Exchange.HTTP_RESPONSE_CODE) int status)
      throws IOException {
    exchange.getMessage().removeHeaders("*");
    switch (status) {
      case 200 -> {}
      case 404, 410 -> exchange.getMessage().setHeader("size", -1L);
      default -> throw new IOException("Intervals.icu answered with the status " + status);
    }
  }
}
