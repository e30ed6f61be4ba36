package io.fitroute.strava.subscription;

import io.fitroute.strava.api.ApiApplication;
import java.net.URI;
import java.util.Optional;

/** Where Strava is to post events, and the word by which it shows that we asked for that. */
public final class Callback {

  private final ApiApplication application;
  private final Optional<URI> address;
  private final Optional<String> verifyToken;

  /**
   * @param address the webhook as seen from outside; empty if that is not known
   * @param verifyToken empty if none was chosen
   */
  public Callback(ApiApplication application, Optional<URI> address, Optional<String> verifyToken) {
    this.application = application;
    this.address = address;
    this.verifyToken = verifyToken.filter(word -> !word.isEmpty());
  }

  /** Empty if it is not known. */
  public Optional<URI> address() {
    return address;
  }

  /** Whether a subscription leads here. */
  public boolean isOf(PushSubscription subscription) {
    String there = subscription.callbackUrl().replaceFirst("/+$", "");
    return address.filter(here -> here.toString().equalsIgnoreCase(there)).isPresent();
  }

  /**
   * The address, for those who cannot do without.
   *
   * @throws SubscriptionRefused if it is not known
   */
  URI required() {
    return address.orElseThrow(
        () ->
            new SubscriptionRefused(
                "webhook.public-url is not set: set it to this service's public address,"
                    + " such as https://runs.example.org."));
  }

  /**
   * The word.
   *
   * @throws SubscriptionRefused if none was chosen
   */
  String requiredToken() {
    return verifyToken.orElseThrow(
        () ->
            new SubscriptionRefused(
                "STRAVA_VERIFY_TOKEN is not set: choose any word that nobody can guess, and restart"
                    + " the service."));
  }

  /** The form that asks Strava for a subscription. */
  public String form() {
    return application.identity()
        + "&callback_url="
        + ApiApplication.encoded(required().toString())
        + "&verify_token="
        + ApiApplication.encoded(requiredToken());
  }

  /** Shows nothing of the word, nor of the path, which may be a secret too. */
  @Override
  public String toString() {
    return "callback at " + address.map(URI::getHost).orElse("an unknown address");
  }
}
