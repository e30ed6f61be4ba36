package io.fitroute.benchmark;

import io.fitroute.inbox.Event;
import io.fitroute.inbox.EventState;
import io.fitroute.inbox.Inbox;
import io.fitroute.inbox.Lane;
import io.fitroute.inbox.NewEvent;
import io.fitroute.inbox.RetryPolicy.Next;
import io.fitroute.ledger.Ledger;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What it takes to claim an event and to settle it: from an inbox that holds nothing else, and from
 * one with a million pending events, half of them due and half of them waiting. In turns, on
 * ledgers of their own.
 */
final class ClaimBenchmark implements Benchmark {

  private static final int PENDING = 1_000_000;
  private static final int EVENTS = 500;
  private static final int TURNS = 6;
  private static final Duration LEASE = Duration.ofSeconds(30);

  private int number;

  @Override
  public String name() {
    return "claim";
  }

  @Override
  public void run(Workbench bench) {
    Table table =
        new Table("", "claim µs (median)", "claim p99", "settle µs (median)", "settle p99");
    try (Ledger empty = ledger(bench.folder("empty"));
        Ledger full = ledger(bench.folder("full"))) {
      fill(full);
      for (int turn = 1; turn <= TURNS; turn++) {
        measure("empty, turn " + turn, empty, table);
        measure("%,d pending, turn %d".formatted(PENDING, turn), full, table);
      }
      long heap = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
      System.err.printf(Locale.ROOT, "benchmarks: heap in use %,d MB%n", heap >> 20);
    }
    table.print("Claim and settle one event");
  }

  private static Ledger ledger(Path folder) {
    return Ledger.open("jdbc:sqlite:" + folder.resolve("ledger.db"), "", "");
  }

  /** In the lanes after the one that is measured: what is due there would be claimed at once. */
  private static void fill(Ledger ledger) {
    long now = System.currentTimeMillis();
    ledger
        .submit(
            jdbc ->
                jdbc.sql(
                        "with recursive number(n) as"
                            + " (select 1 union all select n + 1 from number where n < :events)"
                            + " insert into event (origin, lane, subscription_id, object_type,"
                            + " object_id, aspect, owner_id, event_time, updates, received_at,"
                            + " state, due_at) select 'strava', n % 2 * 2, 1, 'activity', 'x' || n,"
                            + " 'create', '4455667', n * 1000, '{}', 1, 'pending',"
                            + " case n % 2 when 1 then :now - n else :now + 86400000 + n end"
                            + " from number")
                    .param("events", PENDING)
                    .param("now", now)
                    .update())
        .join();
  }

  private void measure(String name, Ledger ledger, Table table) {
    Inbox inbox = new Inbox(ledger, Clock.systemUTC());
    long[] claims = new long[EVENTS];
    long[] ends = new long[EVENTS];
    for (int event = 0; event < EVENTS; event++) {
      inbox.accept(next()).join();
      long begin = System.nanoTime();
      List<Event> claimed = inbox.claim(1, LEASE);
      long had = System.nanoTime();
      inbox.record(claimed.get(0), new Next.End(EventState.DONE, "done"));
      ends[event] = System.nanoTime() - had;
      claims[event] = had - begin;
    }
    table.row(name, at(claims, 50), at(claims, 99), at(ends, 50), at(ends, 99));
  }

  private NewEvent next() {
    String object = Integer.toString(++number);
    return NewEvent.request("strava", Lane.LIVE, "activity", object, "1", Instant.now());
  }

  private static String at(long[] nanos, int percent) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return "%,d".formatted(sorted[sorted.length * percent / 100] / 1000);
  }
}
