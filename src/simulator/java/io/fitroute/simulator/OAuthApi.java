package io.fitroute.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** The token endpoint and the two ways to revoke a permission. */
final class OAuthApi {

  private final Application application;
  private final Accounts accounts;
  private final Grants grants;
  private final ActivityEvents events;
  private final int athleteLimit;
  private final Clock clock;

  OAuthApi(
      Application application,
      Accounts accounts,
      Grants grants,
      ActivityEvents events,
      int athleteLimit,
      Clock clock) {
    this.application = application;
    this.accounts = accounts;
    this.grants = grants;
    this.events = events;
    this.athleteLimit = athleteLimit;
    this.clock = clock;
  }

  /** Exchanges a code or a refresh token. */
  public Reply token(Request request) {
    application.authenticate(request);
    return switch (request.parameter("grant_type").orElse("")) {
      case "authorization_code" -> exchange(request);
      case "refresh_token" -> refresh(request);
      default -> throw Refusal.badRequest("Application", "grant_type", "invalid");
    };
  }

  /** The revocation available until June 2027, by the athlete's own access token. */
  public Reply deauthorize(Request request) {
    String token = request.bearer().or(() -> request.parameter("access_token")).orElse("");
    Grants.Access access =
        grants
            .access(token)
            .orElseThrow(() -> Refusal.unauthorized("Athlete", "access_token", "invalid"));
    revoke(access.athleteId());
    return Reply.json(200, Json.object().put("access_token", token));
  }

  /** The new revocation, by a token of either kind; succeeds for unknown tokens too. */
  public Reply revokeToken(Request request) {
    if (request.basic().filter(application::isBasic).isEmpty()) {
      throw Refusal.unauthorized("Application", "", "invalid");
    }
    request.parameter("token").flatMap(grants::athleteOf).ifPresent(this::revoke);
    return Reply.json(200, Json.object());
  }

  private void revoke(long athleteId) {
    if (grants.revoke(athleteId)) {
      events.deauthorized(athleteId);
    }
  }

  private Reply exchange(Request request) {
    Grants.Code code =
        request
            .parameter("code")
            .flatMap(grants::takeCode)
            .orElseThrow(() -> Refusal.badRequest("RequestToken", "code", "invalid"));
    if (!grants.isConnected(code.athleteId()) && grants.connected() >= athleteLimit) {
      throw new Refusal(
          Reply.fault(
              403, "Limit of connected athletes exceeded", "Application", "limit", "exceeded"));
    }
    AthleteTokens tokens = grants.grant(code.athleteId(), code.scope());
    ObjectNode document = document(tokens);
    document
        .put("scope", String.join(" ", tokens.scope()))
        .set("athlete", AthleteDocuments.summary(accounts.get(code.athleteId())));
    return Reply.json(200, document);
  }

  private Reply refresh(Request request) {
    Optional<AthleteTokens> tokens = request.parameter("refresh_token").flatMap(grants::refresh);
    return tokens
        .map(found -> Reply.json(200, document(found)))
        .orElseThrow(() -> Refusal.badRequest("RefreshToken", "refresh_token", "invalid"));
  }

  private ObjectNode document(AthleteTokens tokens) {
    long left = Duration.between(clock.instant(), tokens.expiresAt()).toSeconds();
    return Json.object()
        .put("token_type", "Bearer")
        .put("access_token", tokens.accessToken())
        .put("expires_at", tokens.expiresAt().getEpochSecond())
        .put("expires_in", left)
        .put("refresh_token", tokens.refreshToken());
  }
}
