package io.fitroute.hevy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fitroute.inbox.Lane;
import io.fitroute.inbox.NewEvent;
import io.fitroute.strava.RequestRefused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.camel.Header;
import org.apache.camel.Message;

/**
 * What Hevy posts when a workout was logged: {@code {"id":...,"payload":{"workoutId":...}}} as
 * documented, or {@code {"workoutId":...}} as was seen.
 */
public final class WorkoutWebhook {

  /** The {@link NewEvent#origin()} of what comes from Hevy. */
  public static final String ORIGIN = "hevy";

  /** The {@link NewEvent#objectType()} of a workout. */
  public static final String WORKOUT = "workout";

  private static final int MOST_SHOWN = 100;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Optional<String> token;
  private final Clock clock;

  /**
   * @param token what the header {@code Authorization} has to say; empty if nothing is set up
   */
  public WorkoutWebhook(Optional<String> token, Clock clock) {
    this.token = token;
    this.clock = clock;
  }

  /**
   * Lets a request pass that shows the token.
   *
   * @throws RequestRefused otherwise
   */
  public void check(@Header("Authorization") String authorization) {
    String expected =
        token.orElseThrow(
            () ->
                new RequestRefused(
                    503, "neither hevy.webhook-token nor hevy.api-key is set, so nobody can post"));
    String given = authorization == null ? "" : authorization;
    if (!isSame(given, expected) & !isSame(given, "Bearer " + expected)) {
      throw new RequestRefused(401, "the header Authorization is not what hevy.webhook-token says");
    }
  }

  /** In a time that tells nothing of where they differ. */
  private static boolean isSame(String given, String expected) {
    return MessageDigest.isEqual(
        given.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The event that a body tells of.
   *
   * @throws RequestRefused if it is none, saying what is missing
   */
  public NewEvent read(Message request) {
    boolean form = request.getBody() instanceof Map; // which has been taken apart already
    return event(workoutId(form ? new byte[0] : request.getBody(byte[].class)), "create");
  }

  /** An event that happens now. */
  public NewEvent event(String workoutId, String aspect) {
    return new NewEvent(
        ORIGIN,
        Lane.LIVE,
        0,
        WORKOUT,
        workoutId,
        aspect,
        ORIGIN,
        clock.instant().truncatedTo(ChronoUnit.SECONDS),
        new TreeMap<>());
  }

  /**
   * The workout that a body tells of.
   *
   * @throws RequestRefused if it tells of none
   */
  public static String workoutId(byte[] body) {
    JsonNode event;
    try {
      event = JSON.readTree(body == null ? new byte[0] : body);
    } catch (IOException e) {
      throw new RequestRefused(400, "the body is not JSON; an object with workoutId is expected");
    }
    return Workouts.id(event, "workoutId")
        .or(() -> Workouts.id(event.path("payload"), "workoutId"))
        .orElseThrow(() -> missing(event));
  }

  private static RequestRefused missing(JsonNode event) {
    String found = String.join(", ", (Iterable<String>) event::fieldNames);
    String shown = found.replaceAll("\\p{Cntrl}", "?");
    return new RequestRefused(
        400,
        "workoutId",
        "workoutId is missing or no id, also in payload; found: "
            + (shown.isEmpty()
                ? "no fields"
                : shown.substring(0, Math.min(MOST_SHOWN, shown.length()))));
  }
}
