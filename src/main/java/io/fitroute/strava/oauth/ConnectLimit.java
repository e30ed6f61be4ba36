package io.fitroute.strava.oauth;

import io.fitroute.strava.webhook.AddressLimit;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import org.apache.camel.Header;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpConstants;

/**
 * Lets so many athletes set out for Strava from one address, so that nobody takes up what may be
 * open at once.
 */
public final class ConnectLimit {

  private static final int MOST = 20;
  private static final Duration WITHIN = Duration.ofMinutes(10);

  private final AddressLimit limit = new AddressLimit(MOST, WITHIN);

  /**
   * Counts a request.
   *
   * @throws ConnectRefused if it is one too many
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
