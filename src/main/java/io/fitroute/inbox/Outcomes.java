package io.fitroute.inbox;

import io.fitroute.inbox.RetryPolicy.Next;
import io.fitroute.ledger.Ledger;
import io.fitroute.ledger.SqlText;
import java.time.Clock;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Records the outcomes of events: each is settled or scheduled for another attempt, and can be put
 * back by hand.
 */
public final class Outcomes {

  private static final String SETTLE = SqlText.named("settle-event");
  private static final String PROMOTE = SqlText.named("promote-next");
  private static final String POSTPONE = SqlText.named("postpone-event");
  private static final String REPLAY = SqlText.named("replay-event");

  private final Ledger ledger;
  private final Clock clock;

  public Outcomes(Ledger ledger, Clock clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /**
   * Records the result of an attempt.
   *
   * @return whether the lease was still held; if not, nothing was recorded
   */
  public boolean record(Event event, Next next) {
    long now = clock.millis();
    return ledger.write(
        jdbc ->
            next instanceof Next.End end
                ? settle(jdbc, event, end, now)
                : postpone(jdbc, event, (Next.Later) next, now));
  }

  public static boolean settle(JdbcClient jdbc, Event event, Next.End end, long now) {
    int settled =
        jdbc.sql(SETTLE)
            .param("state", end.state().word())
            .param("reason", end.reason())
            .param("now", now)
            .param("id", event.id())
            .param("lease", event.lease())
            .update();
    if (settled == 1) {
      EventLog.add(jdbc, event.id(), now, end.state().word() + ": " + end.reason());
      jdbc.sql(PROMOTE)
          .param("now", now)
          .param("objectType", event.objectType())
          .param("objectId", event.objectId())
          .update();
    }
    return settled == 1;
  }

  private static boolean postpone(JdbcClient jdbc, Event event, Next.Later later, long now) {
    int postponed =
        jdbc.sql(POSTPONE)
            .param("now", now)
            .param("until", later.due().toEpochMilli())
            .param("failures", later.failures())
            .param("notReady", later.notReady())
            .param("reason", later.reason())
            .param("id", event.id())
            .param("lease", event.lease())
            .update();
    if (postponed == 1) {
      EventLog.add(
          jdbc, event.id(), now, "waits until " + later.dueSecond() + ": " + later.reason());
    }
    return postponed == 1;
  }

  /**
   * Puts dead events back as if they had just arrived, and makes waiting ones due now.
   *
   * @return how many of them were dead or waiting
   */
  public int replay(List<Long> ids) {
    long now = clock.millis();
    int replayed =
        ledger.write(
            jdbc -> {
              int count = 0;
              for (long id : ids) {
                int updated = jdbc.sql(REPLAY).param("now", now).param("id", id).update();
                if (updated == 1) {
                  EventLog.add(jdbc, id, now, "retried manually");
                }
                count += updated;
              }
              return count;
            });
    ledger.announce();
    return replayed;
  }
}
