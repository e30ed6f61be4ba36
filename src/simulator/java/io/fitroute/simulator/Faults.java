package io.fitroute.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The armed faults, in the order in which they were armed. */
final class Faults {

  private final List<ArmedFault> armed = new CopyOnWriteArrayList<>();

  ArmedFault arm(FaultRule rule) {
    armed.removeIf(fault -> !fault.live());
    ArmedFault fault = new ArmedFault(rule);
    armed.add(fault);
    return fault;
  }

  void disarmAll() {
    armed.forEach(ArmedFault::disarm);
    armed.clear();
  }

  /** The faults of a request: delays, and after them at most one other fault. */
  List<Fault> strike(String method, String path) {
    List<Fault> struck = new ArrayList<>();
    for (ArmedFault fault : armed) {
      Optional<Fault> hit = fault.strike(method, path);
      hit.ifPresent(struck::add);
      if (hit.isPresent() && !(hit.get() instanceof Fault.Delay)) {
        break;
      }
    }
    return struck;
  }
}
