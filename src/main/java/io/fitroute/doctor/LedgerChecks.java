package io.fitroute.doctor;

import io.fitroute.ledger.Ledger;
import io.fitroute.ledger.Rows;
import io.fitroute.notice.Announcements;
import io.fitroute.notice.Notice;
import io.fitroute.notice.Notices;
import io.fitroute.strava.api.Budget;
import io.fitroute.strava.subscription.SubscriptionKeeper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Checks the contents of the ledger: pending and dead events, and the API budget. */
record LedgerChecks(Ledger ledger, boolean serviceRuns, Clock clock) {

  /** Work that has been due for longer is not being done. */
  private static final Duration OVERDUE = Duration.ofMinutes(5);

  /** Notices covered by other checks. */
  private static final Pattern ELSEWHERE =
      Pattern.compile(SubscriptionKeeper.SUBJECT + "|session credential|athlete .*|sink .*");

  private static final String REPLAY = "./fitroute replay --dead";

  List<Finding> examine() {
    List<Finding> findings = new ArrayList<>();
    findings.add(backlog());
    findings.add(dead());
    findings.addAll(budget());
    for (Notice notice : new Notices(ledger, Announcements.none(), clock).all()) {
      if (!ELSEWHERE.matcher(notice.subject()).matches()) {
        findings.add(
            Finding.warning(
                notice.subject(),
                notice.detail(),
                "The service reported it on " + notice.since() + ", and it is not resolved.",
                "./fitroute status shows it until it is resolved."));
      }
    }
    return findings;
  }

  private Finding backlog() {
    long pending = Rows.count(ledger.read(), "select count(*) from event where state = 'pending'");
    long overdue =
        Rows.count(
            ledger.read(),
            "select count(*) from event where lease is null and due_at < ?",
            clock.instant().minus(OVERDUE).toEpochMilli());
    String what = pending + " events wait, " + overdue + " of them are overdue";
    if (overdue == 0) {
      return Finding.good("backlog", what);
    }
    return serviceRuns
        ? Finding.trouble(
            "backlog",
            what,
            "The service is running but does not process its events.",
            "Check the log of the service, and restart it.")
        : Finding.warning(
            "backlog",
            what,
            "They are not processed while the service is stopped.",
            "Start the service: ./fitroute");
  }

  private Finding dead() {
    long dead = Rows.count(ledger.read(), "select count(*) from event where state = 'dead'");
    return dead == 0
        ? Finding.good("dead events", "none")
        : Finding.warning(
            "dead events",
            dead + (dead == 1 ? " event was" : " events were") + " given up after the last attempt",
            "Their activities have no file.",
            "./fitroute events --state dead shows why; then " + REPLAY);
  }

  private List<Finding> budget() {
    Instant now = clock.instant();
    List<Budget.Left> left = Budget.left(ledger, now);
    if (left.isEmpty()) {
      return List.of(Finding.good("API budget", "no usage is known"));
    }
    List<Finding> findings = new ArrayList<>();
    for (Budget.Left one : left) {
      String what =
          one.family()
              + ": "
              + one.shortLeft()
              + " of "
              + one.shortLimit()
              + " requests are left until "
              + one.shortUntil()
              + ", and "
              + one.dayLeft()
              + " of "
              + one.dayLimit()
              + " today";
      boolean usedUp = one.shortLeft() == 0 || one.dayLeft() == 0;
      findings.add(
          usedUp
              ? Finding.warning(
                  "API budget",
                  what,
                  "Events wait until requests are left again; nothing is lost.",
                  "Wait. If another program uses the same application, create a separate"
                      + " one for it.")
              : Finding.good("API budget", what));
    }
    return findings;
  }
}
