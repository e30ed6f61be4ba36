package io.fitroute.sink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;

/** What Intervals.icu calls an activity: a number behind an i, and for old ones a number alone. */
public final class IntervalsActivity {

  private static final Pattern ID = Pattern.compile("i?[0-9]{1,20}");
  private static final int LONGEST_ANSWER = 1 << 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Sets the variable {@code sinkPath} to the id in the answer to an upload, the body. It stays
   * what it is if the answer does not tell, as may be for a file that was there already.
   *
   * @throws IOException if the answer breaks off
   */
  public void note(Exchange exchange, @Body InputStream answer) throws IOException {
    id(answer.readNBytes(LONGEST_ANSWER)).ifPresent(id -> exchange.setVariable("sinkPath", id));
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

  /** Whether the header {@code file} holds no id, because Intervals.icu has not told it. */
  public boolean isUntold(@Header("file") String path) {
    return !ID.matcher(path).matches();
  }
}
