package io.fitroute.simulator;

import java.time.Clock;
import java.time.Duration;

/**
 * How a fake Strava behaves. {@link #builder()} starts with the behaviour of the real one.
 *
 * @param host the address to listen on
 * @param port the port to listen on; 0 selects a free one
 * @param clientId the API application's id
 * @param clientSecret the API application's secret; a random one if empty
 * @param callbackDomain the application's authorization callback domain, besides localhost
 * @param clock the time of tokens, windows and events; the logs use the machine's clock
 * @param tokenLifetime the lifetime of an access token
 * @param rotatingRefreshTokens whether a refresh replaces the refresh token
 * @param athleteLimit the maximum number of connected athletes
 * @param overallLimit the limit of the overall family
 * @param readLimit the limit of the read family
 * @param bearerExport the response of {@code export_original} without a browser session
 * @param cdnExport whether {@code export_original} redirects to another host name for the file
 * @param callbackTimeout the time-out for callbacks, for events and for the check
 * @param deliveryAttempts the number of attempts for an event
 * @param deliverySpacing the time between two attempts
 * @param deliveryConnections the number of events in flight at once
 * @param signingSecret signs events as {@code X-Strava-Signature}; empty for no signature
 * @param logSize the number of requests and deliveries that each log keeps
 */
public record FakeStravaOptions(
    String host,
    int port,
    int clientId,
    String clientSecret,
    String callbackDomain,
    Clock clock,
    Duration tokenLifetime,
    boolean rotatingRefreshTokens,
    int athleteLimit,
    RateLimit overallLimit,
    RateLimit readLimit,
    BearerExport bearerExport,
    boolean cdnExport,
    Duration callbackTimeout,
    int deliveryAttempts,
    Duration deliverySpacing,
    int deliveryConnections,
    String signingSecret,
    int logSize) {

  public FakeStravaOptions {
    positive("athlete limit", athleteLimit);
    positive("delivery attempts", deliveryAttempts);
    positive("delivery connections", deliveryConnections);
    positive("log size", logSize);
  }

  private static void positive(String what, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(what + " is " + value + ", allowed is 1 or more");
    }
  }

  /** A free port, and the limits of an application that may have ten athletes. */
  public static Builder builder() {
    return new Builder();
  }

  /** Does not show the secrets. */
  @Override
  public String toString() {
    return "FakeStravaOptions[host=" + host + ", port=" + port + ", clientId=" + clientId + "]";
  }

  /** Collects options; each has a default. */
  public static final class Builder {
    private static final RateLimit ENDLESS = new RateLimit(Integer.MAX_VALUE, Integer.MAX_VALUE);

    private String host = "127.0.0.1";
    private int port;
    private int clientId = 98765;
    private String clientSecret = "";
    private String callbackDomain = "localhost";
    private Clock clock = Clock.systemUTC();
    private Duration tokenLifetime = Duration.ofHours(6);
    private boolean rotatingRefreshTokens = true;
    private int athleteLimit = 10;
    private RateLimit overallLimit = new RateLimit(200, 2_000);
    private RateLimit readLimit = new RateLimit(100, 1_000);
    private BearerExport bearerExport = BearerExport.LOGIN_REDIRECT;
    private boolean cdnExport;
    private Duration callbackTimeout = Duration.ofSeconds(2);
    private int deliveryAttempts = 3;
    private Duration deliverySpacing = Duration.ofSeconds(60);
    private int deliveryConnections = 16;
    private String signingSecret = "";
    private int logSize = 100_000;

    private Builder() {}

    public Builder host(String value) {
      host = value;
      return this;
    }

    public Builder port(int value) {
      port = value;
      return this;
    }

    public Builder clientId(int value) {
      clientId = value;
      return this;
    }

    public Builder clientSecret(String value) {
      clientSecret = value;
      return this;
    }

    public Builder callbackDomain(String value) {
      callbackDomain = value;
      return this;
    }

    public Builder clock(Clock value) {
      clock = value;
      return this;
    }

    public Builder tokenLifetime(Duration value) {
      tokenLifetime = value;
      return this;
    }

    public Builder rotatingRefreshTokens(boolean value) {
      rotatingRefreshTokens = value;
      return this;
    }

    public Builder athleteLimit(int value) {
      athleteLimit = value;
      return this;
    }

    public Builder overallLimit(RateLimit value) {
      overallLimit = value;
      return this;
    }

    public Builder readLimit(RateLimit value) {
      readLimit = value;
      return this;
    }

    public Builder bearerExport(BearerExport value) {
      bearerExport = value;
      return this;
    }

    public Builder cdnExport(boolean value) {
      cdnExport = value;
      return this;
    }

    public Builder callbackTimeout(Duration value) {
      callbackTimeout = value;
      return this;
    }

    public Builder deliveryAttempts(int value) {
      deliveryAttempts = value;
      return this;
    }

    public Builder deliverySpacing(Duration value) {
      deliverySpacing = value;
      return this;
    }

    public Builder deliveryConnections(int value) {
      deliveryConnections = value;
      return this;
    }

    public Builder signingSecret(String value) {
      signingSecret = value;
      return this;
    }

    public Builder logSize(int value) {
      logSize = value;
      return this;
    }

    /** No rate limits and any number of athletes, for tests of other things. */
    public Builder withoutLimits() {
      return overallLimit(ENDLESS).readLimit(ENDLESS).athleteLimit(Integer.MAX_VALUE);
    }

    public FakeStravaOptions build() {
      return new FakeStravaOptions(
          host,
          port,
          clientId,
          clientSecret,
          callbackDomain,
          clock,
          tokenLifetime,
          rotatingRefreshTokens,
          athleteLimit,
          overallLimit,
          readLimit,
          bearerExport,
          cdnExport,
          callbackTimeout,
          deliveryAttempts,
          deliverySpacing,
          deliveryConnections,
          signingSecret,
          logSize);
    }
  }
}
