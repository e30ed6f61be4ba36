package io.fitroute.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** The machine used for the measurements. */
final class Machine {

  private Machine() {}

  /** One line of Markdown. The load shows whether other programs were running. */
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
