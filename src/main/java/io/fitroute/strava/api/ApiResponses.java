package io.fitroute.strava.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fitroute.inbox.Event;
import io.fitroute.notice.Notices;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Headers;
import org.apache.camel.Variable;

/** Gives each answer of Strava's API its meaning. */
public final class ApiResponses {

  /** Three hundred segment efforts are about 60,000 words of JSON. */
  private static final int MOST_WORDS = 200_000;

  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxTokenCount(MOST_WORDS)
                      .maxNestingDepth(100)
                      .build())
              .build());

  /** Three hundred segment efforts are about 500 kB. */
  private static final int LARGEST = 4 * 1024 * 1024;

  /** Ten hours with a dozen streams are about 5 MB. */
  private static final int LARGEST_STREAMS = 16 * 1024 * 1024;

  /** What tokens, subscriptions and errors need is far less. */
  private static final int LARGEST_SHORT = 64 * 1024;

  /** The subject of the notice while Strava says so. */
  private static final String INACTIVE = "API application";

  private static final int PATIENCE = 2;
  private static final int FORBIDDEN = 403;
  private static final int TOO_MANY_REQUESTS = 429;

  private final Budget budget;
  private final Athletes athletes;
  private final Notices notices;

  public ApiResponses(Budget budget, Athletes athletes, Notices notices) {
    this.budget = budget;
    this.athletes = athletes;
    this.notices = notices;
  }

  /**
   * Takes an answer in, so that its connection is free again. A 429 says enough by its headers:
   * nothing more may be asked from then on, however long its body takes.
   *
   * @param askedAt when the request was let pass
   * @return its body
   * @throws RateLimitExceeded for 429, and for a 403 that says the same
   * @throws StravaRefusal if it is too large
   * @throws IOException if it cannot be read to its end
   */
  public byte[] receive(
      @Header(Exchange.HTTP_RESPONSE_CODE) int status,
      @Headers Map<String, Object> headers,
      @Variable(Budget.ASKED_AT) Instant askedAt,
      @Variable("resource") String resource,
      @Body InputStream body)
      throws IOException {
    try (InputStream content = body == null ? InputStream.nullInputStream() : body) {
      budget.record(headers, askedAt);
      if (status == TOO_MANY_REQUESTS) {
        throw budget.exceeded(headers, askedAt);
      }
      byte[] bytes = bytes(content, resource.contains("/streams") ? LARGEST_STREAMS : LARGEST);
      if (status == FORBIDDEN && ApiError.of(bytes).isRateLimit()) {
        throw budget.exceeded(headers, askedAt);
      }
      return bytes;
    }
  }

  /**
   * Takes in an answer that is short if it is Strava's.
   *
   * @throws StravaRefusal if it is not
   * @throws IOException if it cannot be read to its end
   */
  public String shortText(@Body InputStream body) throws IOException {
    try (InputStream content = body == null ? InputStream.nullInputStream() : body) {
      return new String(bytes(content, LARGEST_SHORT), StandardCharsets.UTF_8);
    }
  }

  private static byte[] bytes(InputStream body, int largest) throws IOException {
    byte[] bytes = body.readNBytes(largest + 1);
    if (bytes.length > largest) {
      throw new StravaRefusal("Strava's response is larger than " + largest + " bytes");
    }
    return bytes;
  }

  /** Whether the answer says that the access token is of no use; then a new one may be. */
  public boolean isTokenRefused(
      @Header(Exchange.HTTP_RESPONSE_CODE) int status, @Body byte[] body) {
    return status == 401 && !ApiError.of(body).names("AccessToken", "", "missing");
  }

  /**
   * Reads a good answer as a whole.
   *
   * @return its JSON
   * @throws EmptyResponse for an answer that holds nothing
   * @throws RuntimeException as {@link #good} says
   */
  public JsonNode read(
      @Header(Exchange.HTTP_RESPONSE_CODE) int status,
      @Body byte[] body,
      @Variable("athlete") String athleteId,
      @Variable("event") Event event) {
    return json(good(status, body, athleteId, event));
  }

  /**
   * Lets a good answer pass.
   *
   * @return its bytes
   * @throws NotAvailable for 404
   * @throws MustReconnect for a scope that was not granted
   * @throws ApplicationInactive for the 403 that says so
   * @throws PermanentRefusal for a 403 that names what was asked for, and for the 500 that some
   *     activities give for good
   * @throws StravaRefusal for every other error
   */
  public byte[] good(int status, byte[] body, String athleteId, Event event) {
    if (status == 200 || status == 204) {
      notices.settleIfSeen(INACTIVE);
      return body;
    }
    ApiError fault = ApiError.of(body);
    throw switch (status) {
      case 401 -> unauthorised(fault, athleteId);
      case FORBIDDEN -> forbidden(fault);
      case 404 -> notAvailable(event);
      default ->
          isHopeless(status, fault, event)
              ? new PermanentRefusal("Strava cannot provide it: it answers 500 repeatedly")
              : new StravaRefusal("Strava answered " + status + " " + fault.describe());
    };
  }

  private RuntimeException notAvailable(Event event) {
    budget.noteAbsent(event);
    return new NotAvailable("Strava does not have it, or does not show it to this athlete");
  }

  /** A page of whatever stands in between, or a 403 about nothing in particular, may pass. */
  private RuntimeException forbidden(ApiError fault) {
    if (fault.names("Application", "Status", "Inactive")) {
      return inactive();
    }
    String why = "Strava forbids it: " + fault.describe();
    return fault.namesResource() ? new PermanentRefusal(why) : new StravaRefusal(why);
  }

  private RuntimeException inactive() {
    ApplicationInactive failure = new ApplicationInactive();
    notices.raise(
        INACTIVE,
        "Strava says that the API application is inactive: see ./fitroute status",
        failure.getMessage() + "; see https://www.strava.com/settings/api");
    return failure;
  }

  /** Seen for some activities: 500 with nothing but the message "error", however often one asks. */
  private static boolean isHopeless(int status, ApiError fault, Event event) {
    return status == 500
        && fault.describe().equals("error")
        && event != null
        && event.failures() >= PATIENCE;
  }

  /** A new token does not widen what was granted: only the athlete can, by connecting again. */
  private RuntimeException unauthorised(ApiError fault, String athleteId) {
    if (!fault.names("AccessToken", "", "missing")) {
      return new StravaRefusal("Strava refuses the access token: " + fault.describe());
    }
    if (fault.names("AccessToken", "activity:write_permission", "missing")) {
      return new PermanentRefusal("the permission activity:write was not granted");
    }
    String why = "the scope that was granted is too narrow (" + fault.describe() + ")";
    athletes.find(athleteId).ifPresent(athlete -> athletes.markMustReconnect(athlete, why));
    return new MustReconnect(athleteId, why);
  }

  private static JsonNode json(byte[] body) {
    JsonNode tree;
    try {
      tree = JSON.readTree(body);
    } catch (StreamConstraintsException e) {
      throw new StravaRefusal("Strava's response contains more than an activity can");
    } catch (IOException e) {
      throw new StravaRefusal("Strava's response is not JSON");
    }
    if (tree.isMissingNode() || tree.isNull() || tree.isContainerNode() && tree.isEmpty()) {
      throw new EmptyResponse();
    }
    return tree;
  }
}
