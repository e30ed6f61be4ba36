package io.fitroute.simulator;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** The API application of the fake Strava. */
final class Application {

  private final int clientId;
  private final String clientSecret;
  private volatile boolean active = true;

  Application(int clientId, String clientSecret) {
    this.clientId = clientId;
    this.clientSecret = clientSecret;
  }

  int clientId() {
    return clientId;
  }

  String clientSecret() {
    return clientSecret;
  }

  boolean active() {
    return active;
  }

  void active(boolean value) {
    active = value;
  }

  /**
   * Checks the {@code client_id} and {@code client_secret} of a request.
   *
   * @throws Refusal with status 400 if one is wrong
   */
  void authenticate(Request request) {
    checkClientId(request);
    String given = request.parameter("client_secret").orElse("");
    if (!equal(clientSecret, given)) {
      throw Refusal.badRequest("Application", "client_secret", "invalid");
    }
  }

  /**
   * Checks only the {@code client_id}, as on the consent page.
   *
   * @throws Refusal with status 400 if it is wrong
   */
  void checkClientId(Request request) {
    if (!request.parameter("client_id").orElse("").equals(Integer.toString(clientId))) {
      throw Refusal.badRequest("Application", "client_id", "invalid");
    }
  }

  /** Whether these credentials of HTTP basic authentication are the application's. */
  boolean isBasic(String userAndPassword) {
    return equal(clientId + ":" + clientSecret, userAndPassword);
  }

  private static boolean equal(String expected, String given) {
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }
}
