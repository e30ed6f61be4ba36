package io.fitroute.hevy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;

/** Interprets the responses of an API. */
public final class HevyResponses {

  /** Ten workouts of three hundred exercises, or some years of activities, are smaller. */
  private static final int LARGEST = 16 << 20;

  private static final int LONGEST_ERROR = 200;
  private static final Duration USUAL_WAIT = Duration.ofMinutes(1);
  private static final long LONGEST_WAIT = 86_400; // seconds
  private static final ObjectMapper JSON = new ObjectMapper();

  private String service = "";
  private String keySetting = "";

  /** The name of the service in messages. */
  public void setService(String service) {
    this.service = service;
  }

  /** The setting that holds the key. */
  public void setKeySetting(String keySetting) {
    this.keySetting = keySetting;
  }

  /**
   * Reads a response completely and frees its connection.
   *
   * @return its JSON; a missing node for an empty body
   * @throws RuntimeException of this package, if the request failed
   * @throws IOException if the body cannot be read completely
   */
  public JsonNode read(
      @Header(Exchange.HTTP_RESPONSE_CODE) int status,
      @Header("Retry-After") String retryAfter,
      @Body InputStream body)
      throws IOException {
    byte[] bytes;
    try (InputStream content = body == null ? InputStream.nullInputStream() : body) {
      requireGood(status, retryAfter, content);
      bytes = content.readNBytes(LARGEST + 1);
    }
    if (bytes.length > LARGEST) {
      throw new ServiceTrouble(service + "'s response is larger than " + LARGEST + " bytes");
    }
    try {
      return JSON.readTree(bytes);
    } catch (IOException none) {
      throw new ServiceTrouble(service + "'s response is not JSON");
    }
  }

  /**
   * Accepts a successful response.
   *
   * @param body read only as far as needed for an error message
   */
  private void requireGood(int status, String retryAfter, InputStream body) throws IOException {
    if (status >= 200 && status < 300) {
      return;
    }
    throw switch (status) {
      case 401, 403 -> new KeyRefused(service, keySetting);
      case 404, 410 -> new NotFound(service);
      case 429 -> new MustWait(service, Instant.now().plus(wait(retryAfter)));
      default -> {
        String said = service + " answered " + status + error(body.readNBytes(LONGEST_ERROR * 4));
        yield status >= 400 && status < 500 && status != 408
            ? new NotAccepted(said)
            : new ServiceTrouble(said);
      }
    };
  }

  private static Duration wait(String retryAfter) {
    if (retryAfter == null || !retryAfter.strip().matches("[0-9]{1,6}")) {
      return USUAL_WAIT;
    }
    return Duration.ofSeconds(Math.min(LONGEST_WAIT, Long.parseLong(retryAfter.strip())));
  }

  private static String error(byte[] body) {
    try {
      String text = JSON.readTree(body).path("error").asText().replaceAll("\\p{Cntrl}+", " ");
      return text.isBlank() ? "" : ": " + text.substring(0, Math.min(LONGEST_ERROR, text.length()));
    } catch (IOException none) {
      return "";
    }
  }
}
