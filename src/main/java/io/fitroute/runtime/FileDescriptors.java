package io.fitroute.runtime;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The number of files and connections that the system allows this process. */
final class FileDescriptors {

  private static final Logger LOG = LoggerFactory.getLogger(FileDescriptors.class);

  /**
   * For other uses: 160 by the program itself, plus exports and connections to Strava and the
   * sinks.
   */
  private static final long OTHER_USES = 200;

  private static final long FEWEST = 16;

  private FileDescriptors() {}

  /** How many of the wanted connections are possible; logs a warning if not all are. */
  static int connections(int wanted) {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? connections(wanted, unix.getMaxFileDescriptorCount())
        : wanted;
  }

  static int connections(int wanted, long descriptors) {
    int possible = (int) Math.min(wanted, Math.max(descriptors - OTHER_USES, FEWEST));
    if (possible < wanted) {
      LOG.warn(
          "Only {} files may be open at once (ulimit -n), so at most {} connections are"
              + " accepted instead of webhook.connections = {}",
          descriptors,
          possible,
          wanted);
    }
    return possible;
  }
}
