package io.fitroute.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.fitroute.ledger.Database;
import io.fitroute.ledger.Ledger;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Much that waits in an inbox that lies in a server. */
final class ServerLargeInboxTest extends LargeInboxContract {

  private static final String FILL =
      """
      insert into event (origin, lane, subscription_id, object_type, object_id, aspect, owner_id,
                         event_time, updates, received_at, state, due_at, settled_at)
      select 'strava', n % 2 * 2, 1, 'activity', :state || n, 'create', '4455667',
             n, '{}', 1, :state, cast(:due as bigint), cast(:settled as bigint)
      from generate_series(1, :events) n
      """;

  ServerLargeInboxTest() {
    super(Database.POSTGRESQL);
  }

  @Test
  void aCrowdAfterALongQuietIsClaimedByIndexAlthoughTheStatisticsDoNotKnowOfIt(
      @TempDir Path folder) {
    try (Ledger quiet = Ledger.open(Database.POSTGRESQL.url(folder), "", "")) {
      quiet.write(jdbc -> fill(jdbc, 20, "done", null, 1L));
      quiet.write(jdbc -> jdbc.sql("analyze event").update());
      quiet.write(jdbc -> fill(jdbc, 50_000, "pending", 1L, null));

      List<String> plan =
          quiet.writeBeside(jdbc -> steps(jdbc, explanation("claim-unlocked-events")));

      assertThat(plan)
          .anyMatch(step -> step.contains("Index Scan using event_due"))
          .noneMatch(step -> step.contains("Sort"));
    }
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
