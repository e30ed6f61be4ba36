package io.fitroute.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.fitroute.ledger.Database;
import io.fitroute.ledger.Ledger;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Many waiting events in an inbox on a server. */
final class ServerLargeInboxTest extends LargeInboxContract {

  private static final String FILL =
      """
      insert into event (origin, priority, subscription_id, object_type, object_id, aspect, owner_id,
                         event_time, updates, received_at, state, due_at, settled_at)
      select 'strava', n % 2 * 2, 1, 'activity', :state || n, 'create', '4455667',
             n, '{}', 1, :state, cast(:due as bigint), cast(:settled as bigint)
      from generate_series(1, :events) n
      """;

  private static final String EXPLAIN_CLAIM = "explain execute claim('1', 1, 1, 1, 1)";

  ServerLargeInboxTest() {
    super(Database.POSTGRESQL);
  }

  @Test
  void aCrowdAfterALongQuietIsClaimedByIndexAlthoughTheStatisticsDoNotKnowOfIt(
      @TempDir Path folder) {
    try (Ledger quiet = afterALongQuiet(folder)) {
      crowdInto(quiet);

      List<String> plan =
          quiet.writeBeside(jdbc -> steps(jdbc, explanation("claim-unlocked-events")));

      assertThat(plan)
          .anyMatch(step -> step.contains("Index Scan using event_due"))
          .noneMatch(step -> step.contains("Sort"));
    }
  }

  @Test
  void aCrowdAfterALongQuietIsClaimedByIndexAlthoughThePlanIsOlder(@TempDir Path folder) {
    try (Ledger quiet = afterALongQuiet(folder)) {
      quiet.writeBeside(
          jdbc ->
              jdbc.sql("prepare claim as " + numbered("claim-unlocked-events")).update()
                  + steps(jdbc, EXPLAIN_CLAIM).size());
      crowdInto(quiet);

      List<String> plan = quiet.writeBeside(jdbc -> steps(jdbc, EXPLAIN_CLAIM));

      assertThat(plan)
          .anyMatch(step -> step.contains("Index Scan using event_due"))
          .anyMatch(step -> step.contains("Index Scan using event_pkey"))
          .anyMatch(step -> step.contains("Index Cond: (id = ANY ("))
          .anyMatch(step -> step.contains("Index Cond: ((priority = $3) AND (due_at <= $4))"))
          .noneMatch(step -> step.contains("Sort"));
    }
  }

  private static Ledger afterALongQuiet(Path folder) {
    Ledger ledger = Ledger.open(Database.POSTGRESQL.url(folder), "", "");
    ledger.write(jdbc -> fill(jdbc, 20, "done", null, 1L));
    ledger.write(jdbc -> jdbc.sql("analyze event").update());
    return ledger;
  }

  private static void crowdInto(Ledger ledger) {
    ledger.write(jdbc -> fill(jdbc, 50_000, "pending", 1L, null));
  }

  private static int fill(JdbcClient jdbc, int events, String state, Long due, Long settled) {
    return jdbc.sql(FILL)
        .param("events", events)
        .param("state", state)
        .param("due", due)
        .param("settled", settled)
        .update();
  }
}
