package io.fitroute.strava.oauth;

import io.fitroute.strava.webhook.AddressLimit;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import org.apache.camel.Header;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpConstants;

/** Limits how many connections one address can start, so that it cannot use up the open ones. */
public final class ConnectLimit {

  private static final int MOST = 20;
  private static final Duration WITHIN = Duration.ofMinutes(10);

  private final AddressLimit limit = new AddressLimit(MOST, WITHIN);

  /**
   * Counts a request.
   *
   * @throws ConnectRefused above the limit
   */
  public void admit(
      @Header(VertxPlatformHttpConstants.REMOTE_ADDRESS) SocketAddress peer,
      @Header("X-Forwarded-For") String forwardedFor) {
    if (limit.isExceeded(peer, forwardedFor)) {
      throw new ConnectRefused(
          ConnectRefused.TOO_MANY,
          "More than "
              + MOST
              + " connections were started from your address within "
              + WITHIN.toMinutes()
              + " minutes. Please try again later.");
    }
  }
}
