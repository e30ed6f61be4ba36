package io.fitroute.export;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.camel.CamelContext;

/**
 * Creates the routes of kamelets whose names are known only at run time. Camel creates the route of
 * a kamelet on the first call; if two calls coincide, the second replaces the route of the first
 * and stops it. Therefore routes are created here, one at a time.
 */
public final class KameletRoutes {

  private final Lock making = new ReentrantLock();

  /**
   * Creates the route of a kamelet unless it exists.
   *
   * @param kamelet its name and the id of its route, such as {@code fit-s3-sink/sink-s3}
   * @return the part of the endpoint URI after {@code kamelet:}; errors in the kamelet are handled
   *     by the caller
   */
  public String make(CamelContext camel, String kamelet) {
    String address = kamelet + "?noErrorHandler=true";
    making.lock();
    try {
      camel.getEndpoint("kamelet:" + address);
      return address;
    } finally {
      making.unlock();
    }
  }
}
