package io.fitroute.strava.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fitroute.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * Strava's request when a subscription is created, which checks that this callback expects it:
 * {@code hub.mode=subscribe}, the verify token, and a challenge to be returned.
 */
public final class Handshake {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Optional<String> verifyToken;
  private final Problems problems;

  /**
   * @param verifyToken the expected token; if empty, every request is refused
   */
  public Handshake(Optional<String> verifyToken, Problems problems) {
    this.verifyToken = verifyToken.filter(token -> !token.isEmpty());
    this.problems = problems;
  }

  /** Takes the token from the settings. */
  public static Handshake of(Settings settings, Problems problems) {
    return new Handshake(settings.secret("strava.verify-token"), problems);
  }

  /**
   * Responds with 200 and {@code {"hub.challenge":"..."}}, with 403 for a wrong mode or token, and
   * with 400 without a challenge. A parameter given twice counts as wrong.
   */
  public void answer(Exchange exchange) throws JsonProcessingException {
    Message message = exchange.getMessage();
    Query query = new Query(message.getHeader(Exchange.HTTP_RAW_QUERY, "", String.class));
    Optional<String> challenge = query.only("hub.challenge");
    message.removeHeaders("*");
    if (!query.only("hub.mode").equals(Optional.of("subscribe"))
        || !isExpected(query.only("hub.verify_token"))) {
      problems.refuse(exchange, 403, "hub.mode or hub.verify_token is not the expected value");
    } else if (challenge.isEmpty()) {
      problems.refuse(exchange, 400, "hub.challenge is missing, empty or given twice");
    } else {
      message.setHeader(Exchange.HTTP_RESPONSE_CODE, 200);
      message.setHeader(Exchange.CONTENT_TYPE, "application/json");
      message.setBody(JSON.writeValueAsString(Map.of("hub.challenge", challenge.get())));
    }
  }

  private boolean isExpected(Optional<String> given) {
    return given.isPresent()
        && verifyToken.isPresent()
        && MessageDigest.isEqual(
            given.get().getBytes(StandardCharsets.UTF_8),
            verifyToken.get().getBytes(StandardCharsets.UTF_8));
  }
}
