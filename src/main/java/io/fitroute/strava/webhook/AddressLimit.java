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
 * Limits the requests from one address within a time. An IPv6 address is reduced to its first 64
 * bits, which one user controls.
 *
 * <p>Behind a reverse proxy on the same machine, the address is the last one in {@code
 * X-Forwarded-For}; the header is ignored otherwise. Requests from this machine itself are not
 * limited. Memory is bounded: the addresses not seen for longest are dropped.
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
   * @param within the length of the window, which starts at the first request
   */
  public AddressLimit(int most, Duration within) {
    this.most = most;
    counts = Caffeine.newBuilder().maximumSize(MOST_ADDRESSES).expireAfterWrite(within).build();
  }

  /**
   * Counts a request.
   *
   * @throws RequestRefused above the limit
   */
  public void admit(
      @Header(VertxPlatformHttpConstants.REMOTE_ADDRESS) SocketAddress peer,
      @Header("X-Forwarded-For") String forwardedFor) {
    if (isExceeded(peer, forwardedFor)) {
      throw new RequestRefused(
          429, "more than " + most + " requests within a minute from one address");
    }
  }

  /** Counts a request; returns whether it is above the limit. */
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
      // with a colon it is a literal address or invalid, so nothing is looked up
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
      // a literal address, so nothing is looked up
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
