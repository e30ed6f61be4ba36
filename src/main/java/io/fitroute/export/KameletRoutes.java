package io.fitroute.export;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.camel.CamelContext;

/**
 * The routes of kamelets that are called by a name that only the message knows. Camel makes the
 * route of a kamelet with the first call; of two calls at once, the second makes it again and stops
 * the route of the first. So they are made here, one at a time.
 */
public final class KameletRoutes {

  private final Lock making = new ReentrantLock();

  /**
   * Makes the route of a kamelet, if it is not there yet.
   *
   * @param kamelet its name and the id of its route, such as {@code fit-s3-sink/sink-s3}
   * @return what follows {@code kamelet:} in a call; its errors are the caller's
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
