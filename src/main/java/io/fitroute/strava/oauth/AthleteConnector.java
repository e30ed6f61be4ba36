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
 * How athletes come in: they are sent to Strava's consent page, come back with a code, and are
 * connected with the tokens that the code is exchanged for.
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
   * What athletes are asked for, and where.
   *
   * @param oauthUrl Strava's OAuth service
   * @param redirectUri where Strava sends athletes back to
   * @param asked the scope that is asked for, all of which is needed
   */
  public record Consent(URI oauthUrl, URI redirectUri, Scope asked) {}

  /**
   * An athlete on the way to the consent page.
   *
   * @param state what will come back
   * @param address of the consent page
   */
  public record Invitation(String state, URI address) {

    /** Shows nothing of the state. */
    @Override
    public String toString() {
      return "oauth_state";
    }
  }

  /**
   * Makes an invitation for a command of the operator's.
   *
   * @throws ConnectRefused if the application is not set up, or too many invitations are open
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

  /** Sends whoever asks to the consent page. */
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
   * Checks what an athlete brings back from the consent page.
   *
   * @return the code
   * @throws ConnectRefused if it was not from here that the athlete set out, if the athlete said
   *     no, or did not allow what is needed
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
   * As {@link #codeOf(Exchange)}, of an athlete who hands over by hand what came back.
   *
   * @param scope empty if that is not known
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
   * Connects an athlete.
   *
   * @param connection what Strava gave for the code
   * @param redirected the scope that came along with the code; the token answer knows it better,
   *     but need not tell
   * @throws ConnectRefused if the scope turns out too narrow; the athlete is stored all the same,
   *     as one who must reconnect, since the tokens from before are no longer good
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

  /** Tells whoever waits for this invitation that an athlete is connected. */
  public void tellSuccess(@Variable("oauth_state") String state, @Body NewConnection connection) {
    oauthStates.connected(state, connection.athleteId());
  }

  /** Tells whoever waits for this invitation why nobody is connected. */
  public void tellRefusal(Exchange exchange) {
    String why = exchange.getVariable("refusal", String.class);
    // nor shall strangers fill the log
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

  /** What is not known to be granted cannot be said to be missing. */
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

  /** A parameter that is given twice, or is far too long, counts as not given. */
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
