package io.fitroute.simulator;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The consent page in the athlete's browser.
 *
 * <p>Besides Strava's own parameters it accepts {@code fake_consent} ({@code allow} or {@code
 * deny}), {@code fake_athlete} and {@code fake_scope}, which decide without a person.
 */
final class OAuthPages {

  private final Application application;
  private final Accounts accounts;
  private final Grants grants;
  private final String callbackDomain;
  private volatile Optional<Consent> automatic = Optional.empty();

  OAuthPages(Application application, Accounts accounts, Grants grants, String callbackDomain) {
    this.application = application;
    this.accounts = accounts;
    this.grants = grants;
    this.callbackDomain = callbackDomain;
  }

  /** Sets the decision that replaces the consent page; empty shows the page again. */
  void automatic(Optional<Consent> consent) {
    automatic = consent;
  }

  /** Shows the consent page, or applies a decision set in advance. */
  public Reply authorize(Request request) {
    check(request);
    Optional<Consent> consent = Consent.asked(request, accounts.all()).or(() -> automatic);
    return consent
        .map(answer -> answer(request, answer))
        .orElseGet(() -> Reply.html(200, page(request)));
  }

  /** Processes the page's form. */
  public Reply decide(Request request) {
    check(request);
    return answer(request, Consent.given(request, accounts.all()));
  }

  private void check(Request request) {
    application.checkClientId(request);
    if (!"code".equals(request.parameter("response_type").orElse(""))) {
      throw Refusal.badRequest("Application", "response_type", "invalid");
    }
    if (!allowed(request.parameter("redirect_uri").orElse(""))) {
      throw Refusal.badRequest("Application", "redirect_uri", "invalid");
    }
    String scope = request.parameter("scope").orElse("");
    List<String> names = Arrays.asList(scope.split("[,\\s]+"));
    if (!Scopes.ALL.containsAll(names)) {
      throw Refusal.badRequest("Application", "scope", "invalid");
    }
  }

  private boolean allowed(String redirectUri) {
    try {
      String host = Optional.ofNullable(URI.create(redirectUri).getHost()).orElse("");
      return host.equals("localhost")
          || host.equals("127.0.0.1")
          || host.equals(callbackDomain)
          || host.endsWith("." + callbackDomain);
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }

  private Reply answer(Request request, Consent consent) {
    String state = request.parameter("state").orElse("");
    String target = request.parameter("redirect_uri").orElseThrow();
    String base = target + (target.contains("?") ? "&" : "?") + "state=" + encode(state);
    if (!consent.allowed()) {
      return Reply.redirect(base + "&error=access_denied");
    }
    Set<String> asked = Scopes.parse(request.parameter("scope").orElse(""));
    Set<String> granted = consent.scope().map(ticked -> intersection(asked, ticked)).orElse(asked);
    String code = grants.issueCode(consent.athleteId(), granted);
    String scope = granted.stream().map(OAuthPages::encode).collect(Collectors.joining(","));
    return Reply.redirect(base + "&code=" + code + "&scope=" + scope);
  }

  private static Set<String> intersection(Set<String> asked, Set<String> ticked) {
    return asked.stream()
        .filter(ticked::contains)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private String page(Request request) {
    String kept =
        Stream.of("client_id", "redirect_uri", "response_type", "scope", "state")
            .map(name -> hidden(name, request.parameter(name).orElse("")))
            .collect(Collectors.joining());
    return """
        <!DOCTYPE html>
        <html lang="en"><head><title>Authorize | Strava</title></head><body>
        <h1>Authorize application %d to connect to Strava</h1>
        <form method="post" action="/oauth/authorize">%s
        <p><label>Athlete <select name="fake_athlete">%s</select></label></p>
        %s
        <button id="authorize" name="decision" value="allow">Authorize</button>
        <button id="cancel" name="decision" value="deny">Cancel</button>
        </form></body></html>
        """
        .formatted(
            application.clientId(),
            kept,
            athleteChoices(accounts.all()),
            scopeBoxes(Scopes.parse(request.parameter("scope").orElse(""))));
  }

  private static String hidden(String name, String value) {
    return "<input type=\"hidden\" name=\"%s\" value=\"%s\">".formatted(name, escape(value));
  }

  private static String athleteChoices(Collection<SimulatedAthlete> athletes) {
    return athletes.stream()
        .map(
            athlete ->
                "<option value=\"%d\">%s</option>"
                    .formatted(
                        athlete.id(), escape(athlete.firstname() + " " + athlete.lastname())))
        .collect(Collectors.joining());
  }

  private static String scopeBoxes(Set<String> asked) {
    return asked.stream()
        .map(
            scope ->
                "<p><label><input type=\"checkbox\" name=\"tick_%1$s\" value=\"on\" checked>%1$s</label></p>"
                    .formatted(escape(scope)))
        .collect(Collectors.joining());
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
