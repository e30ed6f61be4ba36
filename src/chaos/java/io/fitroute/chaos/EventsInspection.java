package io.fitroute.chaos;

import io.fitroute.chaos.Acknowledged.Identity;
import io.fitroute.chaos.LedgerView.EventRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Checks that every acknowledged event is stored and has ended. */
final class EventsInspection {

  private final Acknowledged acknowledged;
  private final Map<Identity, EventRow> held;

  EventsInspection(Acknowledged acknowledged, List<EventRow> events) {
    this.acknowledged = acknowledged;
    this.held =
        events.stream()
            .collect(Collectors.toMap(Identity::of, Function.identity(), (one, same) -> one));
  }

  List<Violation> findings() {
    List<Violation> findings = new ArrayList<>();
    for (Identity event : acknowledged.events()) {
      Optional<EventRow> row = Optional.ofNullable(held.get(event));
      if (row.isEmpty()) {
        findings.add(broken(Promise.KEPT, event, "is not in the ledger: " + event));
      } else if (row.get().state().equals("pending")) {
        findings.add(broken(Promise.ENDED, event, "is still pending: " + row.get()));
      }
    }
    return findings;
  }

  private static Violation broken(Promise promise, Identity event, String finding) {
    return new Violation(promise, Optional.of(event.objectId()), finding);
  }
}
