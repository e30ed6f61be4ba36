package io.fitroute.strava;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Header;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpConstants;

/**
 * Lets so many requests a minute pass from one address.
 *
 * <p>Behind a reverse proxy on the same machine the address is the one that the proxy has put last
 * into {@code X-Forwarded-For}; nobody else is believed about it. What comes from this machine
 * itself is not limited. Bounded in memory: the addresses heard of least lately are forgotten.
 */
public final class AddressLimit {

  private static final int MOST_ADDRESSES = 10_000;

  private final int perMinute;
  private final Cache<String, AtomicInteger> counts =
      Caffeine.newBuilder()
          .maximumSize(MOST_ADDRESSES)
          .expireAfterWrite(Duration.ofMinutes(1))
          .build();

  /**
   * @param perMinute 0 for no limit
   */
  public AddressLimit(int perMinute) {
    this.perMinute = perMinute;
  }

  /**
   * Counts a request.
   *
   * @throws RequestRefused if it is one too many
   */
  public void admit(
      @Header(VertxPlatformHttpConstants.REMOTE_ADDRESS) SocketAddress peer,
      @Header("X-Forwarded-For") String forwardedFor) {
    if (perMinute == 0 || peer == null) {
      return;
    }
    address(peer.hostAddress(), forwardedFor)
        .map(address -> counts.get(address, any -> new AtomicInteger()).incrementAndGet())
        .filter(count -> count > perMinute)
        .ifPresent(
            count -> {
              throw new RequestRefused(
                  429, "more than " + perMinute + " requests within a minute from one address");
            });
  }

  private static Optional<String> address(String peer, String forwardedFor) {
    if (!isThisMachine(peer)) {
      return Optional.of(peer);
    }
    return Optional.ofNullable(forwardedFor)
        .map(list -> list.substring(list.lastIndexOf(',') + 1).strip())
        .filter(last -> !last.isEmpty() && last.length() <= 64);
  }

  private static boolean isThisMachine(String address) {
    try {
      // a literal address: nothing is looked up
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
