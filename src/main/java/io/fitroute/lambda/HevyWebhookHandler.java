package io.fitroute.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fitroute.hevy.NotFound;
import io.fitroute.hevy.WorkoutWebhook;
import io.fitroute.inbox.NewEvent;
import io.fitroute.settings.Settings;
import io.fitroute.strava.webhook.RequestRefused;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hevy's webhook behind API Gateway, and a scheduled run for edits and deletions. There is no
 * inbox: a workout is at Intervals.icu before the response is sent, and retries by the caller
 * replace the inbox.
 */
public final class HevyWebhookHandler implements RequestStreamHandler {

  private static final Logger LOG = LoggerFactory.getLogger(HevyWebhookHandler.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Clock clock = Clock.systemUTC();
  private final WorkoutWebhook webhook;
  private final HevyRoutes routes;
  private final Duration lookBack;

  /** Starts during initialisation, so that a snapshot of the function contains the result. */
  public HevyWebhookHandler() {
    Path home = Path.of(Optional.ofNullable(System.getenv("LAMBDA_TASK_ROOT")).orElse(""));
    Settings settings = Settings.load(System.getenv(), home, home.toAbsolutePath());
    webhook = new WorkoutWebhook(WorkoutWebhook.token(settings), clock);
    lookBack = settings.duration("hevy.reconcile-every").multipliedBy(2);
    routes = HevyRoutes.start(settings, home.toAbsolutePath());
    LOG.info("Ready; Hevy says {}", routes.prime());
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    JsonNode event = JSON.readTree(input);
    JSON.writeValue(output, event.has("headers") ? answered(event) : followed());
  }

  private ObjectNode answered(JsonNode event) {
    try {
      webhook.check(authorization(event));
      String workoutId = WorkoutWebhook.workoutId(body(event));
      String done = routes.sync(workoutId);
      LOG.info("workout {}: {}", workoutId, done);
      return answer(200, "status", done);
    } catch (RequestRefused refused) {
      return answer(refused.status(), "detail", refused.getMessage());
    } catch (NotFound unknown) {
      return answer(404, "detail", unknown.getMessage());
    } catch (RuntimeException failure) {
      LOG.warn("A workout could not be sent to Intervals.icu", failure);
      return answer(502, "detail", String.valueOf(failure.getMessage()));
    }
  }

  /** API Gateway passes header names in the caller's case. */
  private static String authorization(JsonNode event) {
    return event.path("headers").properties().stream()
        .filter(header -> header.getKey().equalsIgnoreCase("Authorization"))
        .map(header -> header.getValue().asText())
        .findFirst()
        .orElse("");
  }

  private static byte[] body(JsonNode event) {
    byte[] text = event.path("body").asText("").getBytes(StandardCharsets.UTF_8);
    try {
      return event.path("isBase64Encoded").asBoolean() ? Base64.getDecoder().decode(text) : text;
    } catch (IllegalArgumentException malformed) {
      return new byte[0];
    }
  }

  private static ObjectNode answer(int status, String field, String text) {
    ObjectNode answer = JSON.createObjectNode().put("statusCode", status);
    answer.putObject("headers").put("Content-Type", "application/json");
    answer.put("body", JSON.createObjectNode().put(field, text).toString());
    return answer.put("isBase64Encoded", false);
  }

  /**
   * Applies the changes of the last two intervals, each on its own.
   *
   * @throws IllegalStateException if some failed, so that the schedule tries again
   */
  private ObjectNode followed() {
    List<String> failures = new ArrayList<>();
    List<NewEvent> changes = routes.changes(clock.instant().minus(lookBack));
    for (NewEvent change : changes) {
      try {
        LOG.info("workout {}: {}", change.objectId(), routes.follow(change));
      } catch (RuntimeException failure) {
        failures.add(change.objectId() + ": " + failure.getMessage());
      }
    }
    if (!failures.isEmpty()) {
      throw new IllegalStateException("not followed: " + String.join("; ", failures));
    }
    return JSON.createObjectNode().put("changes", changes.size());
  }
}
