package io.fitroute.strava.subscription;

import io.fitroute.strava.api.ApiApplication;
import java.net.URI;
import java.util.Optional;

/** The address to which Strava posts events, and the verify token. */
public final class Callback {

  private final ApiApplication application;
  private final Optional<URI> address;
  private final Optional<String> verifyToken;

  /**
   * @param address the public address of the webhook; empty if unknown
   * @param verifyToken empty if none is set
   */
  public Callback(ApiApplication application, Optional<URI> address, Optional<String> verifyToken) {
    this.application = application;
    this.address = address;
    this.verifyToken = verifyToken.filter(word -> !word.isEmpty());
  }

  /** The public address; empty if unknown. */
  public Optional<URI> address() {
    return address;
  }

  /** Whether a subscription points to this address. */
  public boolean isOf(PushSubscription subscription) {
    String there = subscription.callbackUrl().replaceFirst("/+$", "");
    return address.filter(here -> here.toString().equalsIgnoreCase(there)).isPresent();
  }

  /**
   * The public address.
   *
   * @throws SubscriptionRefused if it is unknown
   */
  URI required() {
    return address.orElseThrow(
        () ->
            new SubscriptionRefused(
                "webhook.public-url is not set: set it to this service's public address,"
                    + " such as https://runs.example.org."));
  }

  /**
   * The verify token.
   *
   * @throws SubscriptionRefused if none is set
   */
  String requiredToken() {
    return verifyToken.orElseThrow(
        () ->
            new SubscriptionRefused(
                "STRAVA_VERIFY_TOKEN is not set: choose any word that nobody can guess, and restart"
                    + " the service."));
  }

  /** The form that creates a subscription. */
  public String form() {
    return application.identity()
        + "&callback_url="
        + ApiApplication.encoded(required().toString())
        + "&verify_token="
        + ApiApplication.encoded(requiredToken());
  }

  /** Does not show the token, nor the path, which may be secret too. */
  @Override
  public String toString() {
    return "callback at " + address.map(URI::getHost).orElse("an unknown address");
  }
}
