package io.fitroute.simulator;

import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;

/**
 * Admits requests to the API: checks the token, the state of the application and the rate limits.
 */
final class ApiGate {

  private static final String USAGE = "rateLimitUsage";

  private final Application application;
  private final Grants grants;
  private final RateLimits limits;

  ApiGate(Application application, Grants grants, RateLimits limits) {
    this.application = application;
    this.grants = grants;
    this.limits = limits;
  }

  /**
   * Admits a request.
   *
   * @throws Refusal with 401 for an invalid token, 403 if the application is inactive, 429 above
   *     the limit; only the last counts as a request
   */
  public ApiCall admit(Request request, Exchange exchange) {
    return admit(request, exchange, () -> limits.count(1));
  }

  /** As {@link #admit}, for an upload. */
  public ApiCall admitUpload(Request request, Exchange exchange) {
    return admit(request, exchange, limits::countUpload);
  }

  private ApiCall admit(Request request, Exchange exchange, Supplier<RateLimits.Usage> count) {
    Grants.Access access =
        request
            .bearer()
            .flatMap(grants::access)
            .orElseThrow(() -> Refusal.unauthorized("Athlete", "access_token", "invalid"));
    if (!application.active()) {
      throw Refusal.forbidden("Application", "Status", "Inactive");
    }
    RateLimits.Usage usage = count.get();
    if (usage.exceeded()) {
      Reply reply =
          Reply.fault(429, "Rate Limit Exceeded", "Application", "rate limit", "exceeded");
      throw new Refusal(reply.with(usage.headers()));
    }
    exchange.setProperty(USAGE, usage);
    return new ApiCall(request, access);
  }

  /** Adds the usage headers; streams and errors come without. */
  public Reply tellUsage(Reply reply, @ExchangeProperty(USAGE) RateLimits.Usage usage) {
    return reply.with(usage.headers());
  }
}
