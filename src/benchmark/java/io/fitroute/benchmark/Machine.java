package io.fitroute.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** What the figures were taken on. */
final class Machine {

  private Machine() {}

  /** One line of Markdown. The load tells whether others were at work, too. */
  static String description() {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return "%d cores, %d GB, %s %s, Java %s; load before the start %.1f%n"
        .formatted(
            system.getAvailableProcessors(),
            Math.round(system.getTotalMemorySize() / 1e9),
            system.getName(),
            system.getArch(),
            Runtime.version(),
            system.getSystemLoadAverage());
  }
}
