package io.fitroute.benchmark;

import io.fitroute.inbox.Event;
import io.fitroute.inbox.EventState;
import io.fitroute.inbox.Inbox;
import io.fitroute.inbox.NewEvent;
import io.fitroute.inbox.Priority;
import io.fitroute.inbox.RetryPolicy.Next;
import io.fitroute.ledger.Ledger;
import io.fitroute.system.SystemServices;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measures claiming and settling an event in an empty inbox and in inboxes with ten thousand and a
 * million other pending events, half of them due. The ledgers are measured in turns.
 */
final class ClaimBenchmark implements Benchmark {

  private static final List<Integer> PENDING = List.of(0, 10_000, 1_000_000);
  private static final int FILLED_AT_A_TIME = 50_000;
  private static final int EVENTS = 300;
  private static final int TURNS = 5;
  private static final Duration LEASE = Duration.ofSeconds(30);

  private int number;

  /** A ledger with the times of claims and ends, in microseconds. */
  private record Measured(String name, Ledger ledger, List<Double> claims, List<Double> ends) {}

  @Override
  public String name() {
    return "claim";
  }

  @Override
  public void run(Workbench bench) throws Exception {
    List<Measured> all = new ArrayList<>();
    try (PostgresServer server = PostgresServer.start(bench)) {
      for (int pending : PENDING) {
        Path folder = bench.folder("claim");
        all.add(filled("SQLite", "jdbc:sqlite:" + folder.resolve("ledger.db"), pending));
        all.add(filled(server.version(), server.newDatabase(), pending));
      }
      for (int turn = 0; turn <= TURNS; turn++) {
        boolean warmUp = turn == 0;
        all.forEach(one -> measure(one, warmUp));
      }
      long heap = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
      System.err.printf(Locale.ROOT, "benchmarks: heap in use %,d MB%n", heap >> 20);
      print(all);
    } finally {
      all.forEach(one -> one.ledger().close());
    }
  }

  private static Measured filled(String database, String url, int pending) {
    Ledger ledger = Ledger.open(url, "", "");
    for (int from = 0; from < pending; from += FILLED_AT_A_TIME) {
      fill(ledger, from, Math.min(pending, from + FILLED_AT_A_TIME));
    }
    String name = "%s, %,d pending".formatted(database, pending);
    return new Measured(name, ledger, new ArrayList<>(), new ArrayList<>());
  }

  /** Adds events of a later priority than the measured one, because due events would be claimed. */
  private static void fill(Ledger ledger, int from, int until) {
    long now = System.currentTimeMillis();
    ledger
        .submit(
            jdbc ->
                jdbc.sql(
                        "with recursive number(n) as"
                            + " (select cast(:from as bigint) + 1"
                            + " union all select n + 1 from number where n < :until)"
                            + " insert into event (origin, priority, subscription_id, object_type,"
                            + " object_id, aspect, owner_id, event_time, updates, received_at,"
                            + " state, due_at) select 'strava', n % 2 * 2, 1, 'activity', 'x' || n,"
                            + " 'create', '4455667', n * 1000, '{}', 1, 'pending',"
                            + " case n % 2 when 1 then :now - n else :now + 86400000 + n end"
                            + " from number")
                    .param("from", from)
                    .param("until", until)
                    .param("now", now)
                    .update())
        .join();
  }

  private void measure(Measured ledger, boolean warmUp) {
    Inbox inbox = new Inbox(ledger.ledger(), SystemServices.ofJdk());
    for (int event = 0; event < EVENTS; event++) {
      inbox.accept(next()).join();
      long begin = System.nanoTime();
      List<Event> claimed = inbox.leases().claim(1, LEASE);
      long had = System.nanoTime();
      inbox.outcomes().record(claimed.get(0), new Next.End(EventState.DONE, "done"));
      long ended = System.nanoTime();
      if (!warmUp) {
        ledger.claims().add((had - begin) / 1e3);
        ledger.ends().add((ended - had) / 1e3);
      }
    }
  }

  private NewEvent next() {
    String object = Integer.toString(++number);
    return NewEvent.request("strava", Priority.LIVE, "activity", object, "1", Instant.now());
  }

  private static void print(List<Measured> all) {
    Table table = new Table("", "claim µs (median)", "p99", "settle µs (median)", "p99");
    for (Measured one : all) {
      Samples claims = Samples.of(one.claims());
      Samples ends = Samples.of(one.ends());
      table.row(
          one.name(),
          "%,.0f".formatted(claims.median()),
          "%,.0f".formatted(claims.quantile(0.99)),
          "%,.0f".formatted(ends.median()),
          "%,.0f".formatted(ends.quantile(0.99)));
    }
    table.print("Claim and settle one event (%d times)".formatted(TURNS * EVENTS));
  }
}
