package io.fitroute.strava.webhook;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Header;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpConstants;

/**
 * Lets so many requests pass from one address within a time. With IPv6 an address stands for the 64
 * bits that its user is given.
 *
 * <p>Behind a reverse proxy on the same machine the address is the one that the proxy has put last
 * into {@code X-Forwarded-For}; nobody else is believed about it. What comes from this machine
 * itself is not limited. Bounded in memory: the addresses heard of least lately are forgotten.
 */
public final class AddressLimit {

  private static final int MOST_ADDRESSES = 10_000;
  private static final int IPV6_BYTES = 16;

  private final int most;
  private final Cache<String, AtomicInteger> counts;

  /**
   * @param perMinute 0 for no limit
   */
  public AddressLimit(int perMinute) {
    this(perMinute, Duration.ofMinutes(1));
  }

  /**
   * @param most 0 for no limit
   * @param within counted from the first request on
   */
  public AddressLimit(int most, Duration within) {
    this.most = most;
    counts = Caffeine.newBuilder().maximumSize(MOST_ADDRESSES).expireAfterWrite(within).build();
  }

  /**
   * Counts a request.
   *
   * @throws RequestRefused if it is one too many
   */
  public void admit(
      @Header(VertxPlatformHttpConstants.REMOTE_ADDRESS) SocketAddress peer,
      @Header("X-Forwarded-For") String forwardedFor) {
    if (isExceeded(peer, forwardedFor)) {
      throw new RequestRefused(
          429, "more than " + most + " requests within a minute from one address");
    }
  }

  /** Counts a request; whether it is one too many. */
  public boolean isExceeded(SocketAddress peer, String forwardedFor) {
    return most > 0
        && peer != null
        && address(peer.hostAddress(), forwardedFor)
            .map(AddressLimit::network)
            .map(address -> counts.get(address, any -> new AtomicInteger()).incrementAndGet())
            .filter(count -> count > most)
            .isPresent();
  }

  private static String network(String address) {
    if (!address.contains(":")) {
      return address;
    }
    try {
      // with a colon it is literal, or nothing
      byte[] bytes = InetAddress.getByName(address).getAddress();
      return bytes.length == IPV6_BYTES
          ? HexFormat.of().formatHex(bytes, 0, IPV6_BYTES / 2)
          : address;
    } catch (UnknownHostException e) {
      return address;
    }
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
