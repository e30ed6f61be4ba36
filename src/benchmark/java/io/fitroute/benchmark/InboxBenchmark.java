package io.fitroute.benchmark;

import io.fitroute.inbox.Event;
import io.fitroute.inbox.EventState;
import io.fitroute.inbox.Inbox;
import io.fitroute.inbox.NewEvent;
import io.fitroute.inbox.Priority;
import io.fitroute.inbox.RetryPolicy.Next;
import io.fitroute.ledger.Ledger;
import io.fitroute.system.SystemServices;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Measures events per second through the inbox of one service: accepting them, processing them
 * without doing anything, and both at once. SQLite and PostgreSQL are measured in turns.
 */
final class InboxBenchmark implements Benchmark {

  private static final int TURNS = 3;
  private static final int EVENTS = 10_000;

  /** The number of events that wait for their commit at a time. */
  private static final int IN_FLIGHT = 64;

  private static final int WORKERS = 16;
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final Next DONE = new Next.End(EventState.DONE, "done");

  private int number;

  @Override
  public String name() {
    return "inbox";
  }

  @Override
  public void run(Workbench bench) throws Exception {
    Table table =
        new Table(
            "", "accepted/s", "claimed and settled/s", "accepted, claimed and settled at once/s");
    try (PostgresServer server = PostgresServer.start(bench)) {
      Map<String, String> ledgers = new TreeMap<>();
      ledgers.put("SQLite", "jdbc:sqlite:" + bench.folder("inbox").resolve("ledger.db"));
      ledgers.put(server.version(), server.newDatabase());
      for (int turn = 0; turn <= TURNS; turn++) {
        for (Map.Entry<String, String> ledger : ledgers.entrySet()) {
          try (Ledger opened = Ledger.open(ledger.getValue(), "", "")) {
            measure(ledger.getKey(), turn, opened, table);
          }
        }
      }
    }
    table.print(
        "Events through the inbox (%,d each time, %d in flight, %d workers)"
            .formatted(EVENTS, IN_FLIGHT, WORKERS));
  }

  /** Measures once; the first turn is a warm-up. */
  private void measure(String name, int turn, Ledger ledger, Table table) throws Exception {
    Inbox inbox = new Inbox(ledger, SystemServices.ofJdk());
    double in = perSecond(() -> accept(inbox));
    double out = perSecond(() -> drain(inbox));
    ExecutorService source = Executors.newSingleThreadExecutor();
    double both =
        perSecond(
            () -> {
              Future<?> accepting = source.submit(() -> accept(inbox));
              drain(inbox);
              accepting.get();
            });
    source.shutdown();
    if (turn > 0) {
      table.row(name + ", turn " + turn, rate(in), rate(out), rate(both));
    }
  }

  private static String rate(double perSecond) {
    return "%,.0f".formatted(perSecond);
  }

  private interface Stretch {
    void run() throws Exception;
  }

  private static double perSecond(Stretch stretch) throws Exception {
    long begin = System.nanoTime();
    stretch.run();
    return EVENTS * 1e9 / (System.nanoTime() - begin);
  }

  private void accept(Inbox inbox) {
    Semaphore free = new Semaphore(IN_FLIGHT);
    for (int event = 0; event < EVENTS; event++) {
      free.acquireUninterruptibly();
      String object = Integer.toString(++number);
      CompletableFuture<Boolean> accepted =
          inbox.accept(
              NewEvent.request("strava", Priority.LIVE, "activity", object, "1", Instant.now()));
      accepted.whenComplete((isNew, failure) -> free.release());
    }
    free.acquireUninterruptibly(IN_FLIGHT);
  }

  private static void drain(Inbox inbox) throws Exception {
    AtomicInteger left = new AtomicInteger(EVENTS);
    Semaphore idle = new Semaphore(WORKERS);
    ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
    while (left.get() > 0) {
      idle.acquire();
      int most = 1 + idle.drainPermits();
      List<Event> claimed = inbox.leases().claim(most, LEASE);
      idle.release(most - claimed.size());
      if (claimed.isEmpty()) {
        TimeUnit.MILLISECONDS.sleep(1);
      }
      claimed.forEach(event -> workers.execute(() -> settle(inbox, event, left, idle)));
    }
    workers.shutdown();
  }

  private static void settle(Inbox inbox, Event event, AtomicInteger left, Semaphore idle) {
    try {
      inbox.outcomes().record(event, DONE);
    } finally {
      left.decrementAndGet();
      idle.release();
    }
  }
}
