package io.fitroute.inbox;

import io.fitroute.ledger.Ledger;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Events that are on disk and not yet in the queue. Those that arrive together lie in one row, and
 * no index knows them: that is what lets a crowd of them be taken in while those who told them
 * wait. They are sorted into the queue right afterwards, in the order in which they came.
 */
final class Arrivals {

  private static final int MOST_SORTED_AT_A_TIME = 128;
  private static final int MOST_ROWS_AT_A_TIME = 32;
  private static final Sorted NOTHING = new Sorted(0, 0, false);

  private final Ledger ledger;

  Arrivals(Ledger ledger) {
    this.ledger = ledger;
  }

  private record Row(long id, String events) {}

  record Sorted(int accepted, int repeated, boolean more) {}

  /**
   * Stores events in one row.
   *
   * @param events yields their texts, as {@link ArrivalText} writes them, when it is their turn
   * @return completes once they are on disk
   */
  CompletableFuture<Integer> store(Supplier<List<String>> events) {
    return ledger.submit(
        jdbc -> {
          List<String> texts = events.get();
          return jdbc.sql("insert into arrival (size, events) values (?, ?)")
              .params(texts.size(), ArrivalText.join(texts))
              .update();
        });
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
    return isEmpty() ? NOTHING : ledger.write(Arrivals::sort);
  }

  private boolean isEmpty() {
    return ledger.read().sql("select id from arrival limit 1").query(Long.class).list().isEmpty();
  }

  private static Sorted sort(JdbcClient jdbc) {
    List<Row> rows =
        jdbc.sql("select id, events from arrival order by id limit ?")
            .param(MOST_ROWS_AT_A_TIME)
            .query((row, number) -> new Row(row.getLong("id"), row.getString("events")))
            .list();
    int accepted = 0;
    int all = 0;
    for (Row row : rows) {
      if (all < MOST_SORTED_AT_A_TIME) {
        for (ArrivalText.Arrival arrival : ArrivalText.read(row.events())) {
          accepted += Inbox.insert(jdbc, arrival.event(), arrival.receivedAt()) ? 1 : 0;
          all++;
        }
        jdbc.sql("delete from arrival where id = ?").param(row.id()).update();
      }
    }
    boolean more = rows.size() == MOST_ROWS_AT_A_TIME || all >= MOST_SORTED_AT_A_TIME;
    return new Sorted(accepted, all - accepted, more);
  }
}
