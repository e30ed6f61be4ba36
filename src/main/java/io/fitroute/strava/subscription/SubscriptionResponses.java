package io.fitroute.strava.subscription;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fitroute.strava.api.ApiApplication;
import io.fitroute.strava.api.ApiError;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;

/** Interprets Strava's responses about the webhook subscription. */
public final class SubscriptionResponses {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ApiApplication application;

  public SubscriptionResponses(ApiApplication application) {
    this.application = application;
  }

  /**
   * Reads the current subscription.
   *
   * @return none or one
   * @throws SubscriptionRefused if Strava did not return it
   */
  public List<PushSubscription> found(
      @Header(Exchange.HTTP_RESPONSE_CODE) int status, @Body String body) {
    if (status == 200) {
      return PushSubscription.in(json(body));
    }
    throw new SubscriptionRefused(general(status, body, "Strava did not return the subscription"));
  }

  /**
   * Reads the created subscription. Any success with an id counts, because Strava's documentation
   * does not state the status.
   *
   * @throws SubscriptionRefused if it was not created; the message contains Strava's reason
   */
  public List<PushSubscription> created(
      @Header(Exchange.HTTP_RESPONSE_CODE) int status, @Body String body) {
    if (status >= 200 && status < 300) {
      List<PushSubscription> made = PushSubscription.in(json(body));
      if (!made.isEmpty()) {
        return made;
      }
    }
    throw new SubscriptionRefused(
        aboutCallback(ApiError.of(text(body)))
            .orElseGet(() -> general(status, body, "Strava did not create the subscription")));
  }

  /**
   * Checks that a subscription was deleted; one that does not exist counts as deleted.
   *
   * @throws SubscriptionRefused if not
   */
  public void deleted(@Header(Exchange.HTTP_RESPONSE_CODE) int status, @Body String body) {
    boolean gone = (status >= 200 && status < 300) || status == 404;
    if (!gone) {
      throw new SubscriptionRefused(
          general(status, body, "Strava did not delete the subscription"));
    }
  }

  private static Optional<String> aboutCallback(ApiError fault) {
    String code = fault.describe().toLowerCase(Locale.ROOT);
    if (code.contains("already exists")) {
      return Optional.of(
          "The application already has a subscription, and Strava allows only one."
              + " ./fitroute subscription shows where it points; ./fitroute subscription create"
              + " --replace replaces it.");
    }
    if (code.contains("does not return 200")) {
      return Optional.of(
          "Strava called webhook.public-url and did not get the answer 200. Something in"
              + " between answers instead of this service: bot protection (at Cloudflare, turn"
              + " off Bot Fight Mode for this path), a login, or a redirect. It must let this"
              + " path through.");
    }
    if (code.contains("challenge")) {
      return Optional.of(
          "Strava called webhook.public-url and did not get its challenge back: another"
              + " program answers there. Check the port and path of the proxy or tunnel.");
    }
    if (code.contains("not verifiable")) {
      return Optional.of(
          "Strava could not verify webhook.public-url: it was not reachable, or did not"
              + " answer within 2 s, or did not return the challenge. Check that the service is"
              + " running, that the host name and the certificate are publicly valid, and that no"
              + " bot protection is in between. (Strava gives the same answer if a subscription"
              + " already exists: see ./fitroute subscription.)");
    }
    return code.contains("callback url")
        ? Optional.of(
            "Strava does not accept webhook.public-url with webhook.path as callback: "
                + fault.describe()
                + ". It must be a publicly reachable address of at most 255 characters.")
        : Optional.empty();
  }

  private String general(int status, String body, String what) {
    ApiError fault = ApiError.of(text(body));
    return application
        .refusal(status, fault)
        .orElseGet(() -> what + ": it answered " + status + " " + fault.describe() + ".");
  }

  private static JsonNode json(String body) {
    try {
      return JSON.readTree(text(body));
    } catch (JsonProcessingException e) {
      throw new SubscriptionRefused("Strava's response about the subscription cannot be parsed.");
    }
  }

  private static String text(String body) {
    return Optional.ofNullable(body).orElse("");
  }
}
