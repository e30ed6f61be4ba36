package io.fitroute.strava.oauth;

import io.fitroute.strava.api.ApiApplication;
import io.fitroute.strava.api.Athletes;
import io.fitroute.strava.api.Scope;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connects athletes: sends them to Strava's consent page, checks what they bring back, and stores
 * the tokens received for their code.
 */
public final class AthleteConnector {

  private static final Logger LOG = LoggerFactory.getLogger(AthleteConnector.class);
  private static final int LONGEST_PARAMETER = 1000;

  private final ApiApplication application;
  private final Consent consent;
  private final OAuthStates oauthStates;
  private final Athletes athletes;
  private final TokenStore store;

  public AthleteConnector(
      ApiApplication application,
      Consent consent,
      OAuthStates oauthStates,
      Athletes athletes,
      TokenStore store) {
    this.application = application;
    this.consent = consent;
    this.oauthStates = oauthStates;
    this.athletes = athletes;
    this.store = store;
  }

  /**
   * What the consent page asks for.
   *
   * @param oauthUrl Strava's OAuth service
   * @param redirectUri where Strava sends athletes back to
   * @param asked the requested scope, all of which is needed
   */
  public record Consent(URI oauthUrl, URI redirectUri, Scope asked) {}

  /**
   * The start of a connection.
   *
   * @param state the state that Strava returns
   * @param address the address of the consent page
   */
  public record Invitation(String state, URI address) {

    /** Does not show the state. */
    @Override
    public String toString() {
      return "oauth_state";
    }
  }

  /**
   * Starts a connection for a command of the operator.
   *
   * @throws ConnectRefused if the application is not configured or too many connections are open
   */
  public Invitation invite() {
    return invitation(oauthStates::makeForOperator);
  }

  private Invitation invitation(Supplier<String> states) {
    if (!application.isComplete()) {
      throw new ConnectRefused(
          503,
          "STRAVA_CLIENT_ID and STRAVA_CLIENT_SECRET are not both set: find them at"
              + " https://www.strava.com/settings/api. Set them, restart, and connect again.");
    }
    String state = states.get();
    return new Invitation(
        state,
        URI.create(
            consent.oauthUrl()
                + "/authorize?"
                + application.consentQuery(consent.redirectUri(), consent.asked(), state)));
  }

  /** Redirects to the consent page. */
  public void send(Exchange exchange) {
    URI address = invitation(oauthStates::make).address();
    Message message = exchange.getMessage();
    message.removeHeaders("*");
    message.setHeader(Exchange.HTTP_RESPONSE_CODE, 302);
    message.setHeader("Location", address.toString());
    message.setHeader("Cache-Control", "no-store");
    message.setBody(null);
  }

  /**
   * Checks the response from the consent page.
   *
   * @return the authorization code
   * @throws ConnectRefused if the connection was not started here, or the athlete denied access or
   *     a needed permission
   */
  public String codeOf(Exchange exchange) {
    Message message = exchange.getMessage();
    String state = parameter(message, "state");
    if (!oauthStates.take(state)) {
      throw new ConnectRefused(
          400,
          "This link is valid once, for ten minutes, and only if you started here. Please"
              + " connect again.");
    }
    exchange.setVariable("oauth_state", state);
    String granted = parameter(message, "scope");
    exchange.setVariable("scope", granted);
    return codeOf(parameter(message, "error"), parameter(message, "code"), granted);
  }

  /**
   * As {@link #codeOf(Exchange)}, for a response that was passed on by hand.
   *
   * @param scope empty if unknown
   */
  public String codeOf(String error, String code, String scope) {
    if (error.equals("access_denied")) {
      throw new ConnectRefused(
          403,
          "You denied access at Strava, so no athlete was connected and nothing was"
              + " stored. If that was a mistake, connect again and choose Authorize.");
    }
    if (!error.isEmpty()) {
      throw new ConnectRefused(
          502, "Strava reports the error " + printable(error) + ". Please connect again.");
    }
    if (code.isEmpty()) {
      throw new ConnectRefused(
          400, "Strava sent no code. Please connect again, and choose Authorize.");
    }
    Scope missing = missing(Scope.of(scope));
    if (!missing.isEmpty()) {
      throw new ConnectRefused(403, tooNarrow(missing) + " Nothing was stored.");
    }
    return code;
  }

  /**
   * Stores a new connection.
   *
   * @param connection Strava's response to the code
   * @param redirected the scope from the redirect, used if the token response has none
   * @throws ConnectRefused if the scope is too narrow; the athlete is still stored, as one who must
   *     reconnect, because earlier tokens are no longer valid
   */
  public NewConnection admit(@Body NewConnection connection, @Variable("scope") String redirected) {
    Scope granted = Scope.of(connection.grant().scope().orElse(redirected));
    String id = connection.athleteId();
    store.connect(id, connection.name(), connection.grant().withScope(granted));
    Scope missing = missing(granted);
    if (!missing.isEmpty()) {
      String why = tooNarrow(missing);
      athletes.find(id).ifPresent(stored -> athletes.markMustReconnect(stored, why));
      throw new ConnectRefused(403, why);
    }
    LOG.info("Athlete {} is connected, with the scope {}", id, granted);
    return connection;
  }

  /** Records that this connection succeeded, for those who wait for it. */
  public void answerSuccess(@Variable("oauth_state") String state, @Body NewConnection connection) {
    oauthStates.connected(state, connection.athleteId());
  }

  /** Records why this connection failed, for those who wait for it. */
  public void answerRefusal(Exchange exchange) {
    String why = exchange.getVariable("refusal", String.class);
    // strangers must not fill the log
    if (!isOneOfTooMany(exchange)) {
      LOG.warn("No athlete was connected: {}", why);
    }
    Optional.ofNullable(exchange.getVariable("oauth_state", String.class))
        .ifPresent(state -> oauthStates.refused(state, why));
  }

  private static boolean isOneOfTooMany(Exchange exchange) {
    return exchange.getProperty(Exchange.EXCEPTION_CAUGHT) instanceof ConnectRefused refusal
        && refusal.status() == ConnectRefused.TOO_MANY;
  }

  /** If the granted scope is unknown, nothing is known to be missing. */
  private Scope missing(Scope granted) {
    return granted.isEmpty() ? granted : consent.asked().missingIn(granted);
  }

  private static String tooNarrow(Scope missing) {
    String boxes =
        missing.words().contains("activity:read_all")
            ? "\"View data about your private activities\""
            : "every box";
    return "The permission lacks "
        + missing
        + ", without which activities cannot be downloaded. Please connect again, and leave "
        + boxes
        + " ticked at Strava.";
  }

  /** A parameter that is given twice or far too long counts as missing. */
  private static String parameter(Message message, String name) {
    return message.getHeader(name) instanceof String text && text.length() <= LONGEST_PARAMETER
        ? text
        : "";
  }

  private static String printable(String text) {
    String word = text.replaceAll("[^A-Za-z0-9_. -]", "?");
    return word.length() <= 60 ? word : word.substring(0, 60) + "...";
  }
}
