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

/** Interprets the responses of Strava's API. */
public final class ApiResponses {

  /** Three hundred segment efforts are about 60,000 tokens of JSON. */
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

  /** Tokens, subscriptions and errors are far smaller. */
  private static final int LARGEST_SHORT = 64 * 1024;

  /** The subject of the notice raised for an inactive application. */
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
   * Reads a response completely, which frees its connection. For a 429 the headers suffice:
   * requests stop at once, however long the body takes.
   *
   * @param askedAt when the request was admitted
   * @return the body
   * @throws RateLimitExceeded for 429, and for a 403 with the same meaning
   * @throws StravaRefusal if it is too large
   * @throws IOException if it cannot be read completely
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
   * Reads a response that is expected to be short.
   *
   * @throws StravaRefusal if it is too large
   * @throws IOException if it cannot be read completely
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

  /** Whether the access token was refused, so that a new one may help. */
  public boolean isTokenRefused(
      @Header(Exchange.HTTP_RESPONSE_CODE) int status, @Body byte[] body) {
    return status == 401 && !ApiError.of(body).names("AccessToken", "", "missing");
  }

  /**
   * Parses a successful response.
   *
   * @return its JSON
   * @throws EmptyResponse if it is empty
   * @throws RuntimeException as {@link #good} does
   */
  public JsonNode read(
      @Header(Exchange.HTTP_RESPONSE_CODE) int status,
      @Body byte[] body,
      @Variable("athlete") String athleteId,
      @Variable("event") Event event) {
    return json(good(status, body, athleteId, event));
  }

  /**
   * Accepts a successful response.
   *
   * @return the body
   * @throws NotAvailable for 404
   * @throws MustReconnect for a scope that was not granted
   * @throws ApplicationInactive for the 403 with that meaning
   * @throws PermanentRefusal for a 403 about the requested resource, and for the 500 that some
   *     activities always give
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

  /** A 403 from a proxy, or about nothing in particular, may be temporary. */
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

  /** Some activities always give a 500 with just the message "error". */
  private static boolean isHopeless(int status, ApiError fault, Event event) {
    return status == 500
        && fault.describe().equals("error")
        && event != null
        && event.failures() >= PATIENCE;
  }

  /** A new token does not widen the granted scope; only the athlete can, by reconnecting. */
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
