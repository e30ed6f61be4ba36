package io.fitroute.inbox;

import io.fitroute.ledger.Ledger;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Events that are on disk and not yet in the queue. Of a crowd, those that arrive together lie in
 * one row, and no index knows them: that is what lets it be taken in while those who told the
 * events wait. They are sorted into the queue right afterwards, in the order in which they came. A
 * few go straight into the queue, which saves the second commit.
 */
final class Arrivals {

  private static final int A_FEW = 4;
  private static final int MOST_SORTED_AT_A_TIME = 128;
  private static final int MOST_ROWS_AT_A_TIME = 32;
  private static final Sorted NOTHING = new Sorted(0, 0, false);

  private final Ledger ledger;

  /** Whether some may wait, before which nothing that came later goes into the queue. */
  private volatile boolean mayWait = true;

  Arrivals(Ledger ledger) {
    this.ledger = ledger;
  }

  private record Row(long id, String events) {}

  /**
   * What went into the queue.
   *
   * @param accepted how many that were new
   * @param repeated how many that it held already
   * @param more whether there may be some that did not
   */
  record Sorted(int accepted, int repeated, boolean more) {}

  /**
   * Stores events.
   *
   * @param arrived yields them when it is their turn
   * @return completes once they are on disk
   */
  CompletableFuture<Sorted> store(Supplier<List<Arrival>> arrived) {
    return ledger.submit(jdbc -> store(jdbc, arrived.get()));
  }

  private Sorted store(JdbcClient jdbc, List<Arrival> arrived) {
    if (arrived.size() <= A_FEW && !mayWait) {
      return insert(jdbc, arrived, false);
    }
    mayWait = true;
    jdbc.sql("insert into arrival (size, events) values (?, ?)")
        .params(arrived.size(), ArrivalText.of(arrived))
        .update();
    return new Sorted(0, 0, true);
  }

  private static Sorted insert(JdbcClient jdbc, List<Arrival> arrived, boolean more) {
    int accepted = 0;
    for (Arrival arrival : arrived) {
      accepted += Inbox.insert(jdbc, arrival.event(), arrival.receivedAt()) ? 1 : 0;
    }
    return new Sorted(accepted, arrived.size() - accepted, more);
  }

  /** How many events are still to be sorted. */
  long waiting() {
    return ledger
        .read()
        .sql("select coalesce(sum(size), 0) from arrival")
        .query(Long.class)
        .single();
  }

  /** Sorts some into the queue, those that came first. */
  Sorted sort() {
    return mayWait || !isEmpty() ? ledger.write(this::sort) : NOTHING;
  }

  private boolean isEmpty() {
    return ledger.read().sql("select id from arrival limit 1").query(Long.class).list().isEmpty();
  }

  private Sorted sort(JdbcClient jdbc) {
    List<Row> rows =
        jdbc.sql("select id, events from arrival order by id limit ?")
            .param(MOST_ROWS_AT_A_TIME)
            .query((row, number) -> new Row(row.getLong("id"), row.getString("events")))
            .list();
    List<Arrival> first = new ArrayList<>();
    int taken = 0;
    for (Row row : rows) {
      if (first.size() < MOST_SORTED_AT_A_TIME) {
        first.addAll(ArrivalText.read(row.events()));
        jdbc.sql("delete from arrival where id = ?").param(row.id()).update();
        taken++;
      }
    }
    mayWait = taken < rows.size() || rows.size() == MOST_ROWS_AT_A_TIME;
    return insert(jdbc, first, mayWait);
  }
}
