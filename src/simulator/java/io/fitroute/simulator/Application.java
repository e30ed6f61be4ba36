package io.fitroute.simulator;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** The API application that the fake Strava knows, and whether it is active. */
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
   * Checks the {@code client_id} and {@code client_secret} that a request carries.
   *
   * @throws Refusal with status 400 when one is wrong
   */
  void authenticate(Request request) {
    checkClientId(request);
    String given = request.parameter("client_secret").orElse("");
    if (!equal(clientSecret, given)) {
      throw Refusal.badRequest("Application", "client_secret", "invalid");
    }
  }

  /**
   * Checks the {@code client_id} alone, as on the consent page.
   *
   * @throws Refusal with status 400 when it is wrong
   */
  void checkClientId(Request request) {
    if (!request.parameter("client_id").orElse("").equals(Integer.toString(clientId))) {
      throw Refusal.badRequest("Application", "client_id", "invalid");
    }
  }

  /** Whether user and password of HTTP Basic are the application's. */
  boolean isBasic(String userAndPassword) {
    return equal(clientId + ":" + clientSecret, userAndPassword);
  }

  private static boolean equal(String expected, String given) {
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }
}
