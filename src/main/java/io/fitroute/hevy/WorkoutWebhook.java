package io.fitroute.hevy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fitroute.inbox.NewEvent;
import io.fitroute.inbox.Priority;
import io.fitroute.settings.Settings;
import io.fitroute.strava.webhook.RequestRefused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.camel.Body;
import org.apache.camel.Header;

/**
 * The webhook of Hevy for a logged workout: {@code {"id":...,"payload":{"workoutId":...}}} as
 * documented, or {@code {"workoutId":...}} as observed.
 *
 * @param token the expected value of the header {@code Authorization}; empty if none is set
 */
public record WorkoutWebhook(Optional<String> token, Clock clock) {

  private static final String HEVY = "hevy";
  private static final int MOST_SHOWN = 100;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The token from the settings: the webhook's own, or else the API key. */
  public static Optional<String> token(Settings settings) {
    return settings.secret("hevy.webhook-token").or(() -> settings.secret("hevy.api-key"));
  }

  /**
   * Accepts a request with the right token; the comparison takes constant time.
   *
   * @throws RequestRefused otherwise
   */
  public void check(@Header("Authorization") String authorization) {
    if (token.isEmpty()) {
      throw new RequestRefused(
          503, "neither hevy.webhook-token nor hevy.api-key is set, so all requests are refused");
    }
    byte[] given = bytes(authorization == null ? "" : authorization);
    if (!MessageDigest.isEqual(given, bytes(token.get()))
        & !MessageDigest.isEqual(given, bytes("Bearer " + token.get()))) {
      throw new RequestRefused(401, "the Authorization header does not match hevy.webhook-token");
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads the event.
   *
   * @throws RequestRefused if something is missing; the message says what
   */
  public NewEvent read(@Body byte[] body) {
    return event(workoutId(body), "create", clock.instant().truncatedTo(ChronoUnit.SECONDS));
  }

  static NewEvent event(String workoutId, String aspect, Instant time) {
    return new NewEvent(
        HEVY, Priority.LIVE, 0, "workout", workoutId, aspect, HEVY, time, new TreeMap<>());
  }

  /**
   * Reads the workout's ID.
   *
   * @throws RequestRefused if it is missing; the message says so
   */
  public static String workoutId(byte[] body) {
    try {
      JsonNode event = JSON.readTree(body == null ? new byte[0] : body);
      return Workouts.id(event, "workoutId")
          .or(() -> Workouts.id(event.path("payload"), "workoutId"))
          .orElseThrow(() -> missing(event));
    } catch (IOException e) {
      throw new RequestRefused(400, "the body is not JSON; an object with workoutId is expected");
    }
  }

  private static RequestRefused missing(JsonNode event) {
    String fields = String.join(", ", (Iterable<String>) event::fieldNames);
    String shown = fields.isEmpty() ? "no fields" : fields.replaceAll("\\p{Cntrl}", "?");
    return new RequestRefused(
        400,
        "workoutId",
        "workoutId is missing or not an ID, also in payload; found: "
            + shown.substring(0, Math.min(MOST_SHOWN, shown.length())));
  }
}
