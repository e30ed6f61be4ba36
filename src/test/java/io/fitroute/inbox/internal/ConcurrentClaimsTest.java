package io.fitroute.inbox.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.fitroute.inbox.Event;
import io.fitroute.inbox.EventState;
import io.fitroute.inbox.Events;
import io.fitroute.inbox.Inbox;
import io.fitroute.inbox.NewEvent;
import io.fitroute.inbox.RetryPolicy.Next;
import io.fitroute.ledger.Database;
import io.fitroute.ledger.Ledger;
import io.fitroute.system.SystemServices;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Several processes that claim concurrently. */
@ParameterizedClass
@MethodSource("io.fitroute.ledger.Database#all")
class ConcurrentClaimsTest {

  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final Next DONE = new Next.End(EventState.DONE, "done");
  private static final int PROGRAMS = 3;

  @Parameter private Database database;
  @TempDir Path folder;
  private final List<Ledger> ledgers = new ArrayList<>();
  private final List<Inbox> inboxes = new ArrayList<>();
  private final ExecutorService programs = Executors.newFixedThreadPool(PROGRAMS);

  @BeforeEach
  void open() {
    String url = database.url(folder);
    for (int program = 0; program < PROGRAMS; program++) {
      ledgers.add(Ledger.open(url, "", ""));
      inboxes.add(new Inbox(ledgers.get(program), SystemServices.ofJdk()));
    }
  }

  @AfterEach
  void close() {
    programs.shutdownNow();
    ledgers.forEach(Ledger::close);
  }

  private void acceptAll(Stream<NewEvent> events) {
    events.map(inboxes.get(0)::accept).toList().forEach(accepted -> accepted.join());
  }

  @Test
  void anEventIsHandedOutToOneOfThem() throws Exception {
    acceptAll(Stream.iterate(1, number -> number + 1).limit(300).map(n -> Events.of("x" + n)));
    Queue<Long> claimed = new ConcurrentLinkedQueue<>();

    atOnce(
        inbox -> {
          int empty = 0;
          while (empty < 3) {
            List<Event> some =
                inbox.leases().claim(1 + ThreadLocalRandom.current().nextInt(7), LEASE);
            some.forEach(event -> claimed.add(event.id()));
            empty = some.isEmpty() ? empty + 1 : 0;
          }
          return true;
        });

    assertThat(claimed).hasSize(300).doesNotHaveDuplicates();
  }

  @Test
  void eventsOfOneObjectAreWorkedOnOneAtATimeAndInOrder() throws Exception {
    int objects = 6;
    int each = 20;
    acceptAll(
        Stream.iterate(0, number -> number + 1)
            .limit(objects * each)
            .map(number -> Events.of("x" + number % objects, number / objects)));
    Map<String, List<Instant>> done = new ConcurrentHashMap<>();
    Map<String, Long> inWork = new ConcurrentHashMap<>();

    atOnce(
        inbox -> {
          while (inboxes.get(0).count(EventState.PENDING) > 0) {
            List<Event> some = inbox.leases().claim(3, LEASE);
            for (Event event : some) {
              assertThat(inWork.put(event.objectId(), event.id())).as("others' work").isNull();
            }
            for (Event event : some) {
              done.computeIfAbsent(event.objectId(), object -> new CopyOnWriteArrayList<>())
                  .add(event.event().eventTime());
              inWork.remove(event.objectId());
              assertThat(inbox.outcomes().record(event, DONE)).isTrue();
            }
          }
          return true;
        });

    assertThat(done).hasSize(objects);
    assertThat(done.values()).allSatisfy(times -> assertThat(times).hasSize(each).isSorted());
  }

  @Test
  void whatEndsWhileItIsTakenOverEndsOnce() throws Exception {
    for (int turn = 0; turn < 20; turn++) {
      String object = "x" + turn;
      acceptAll(Stream.of(Events.of(object), Events.of(object, 1)));
      Event lapsed = inboxes.get(0).leases().claim(1, Duration.ZERO).get(0);
      List<Event> taken = new CopyOnWriteArrayList<>();
      Future<Boolean> end = programs.submit(() -> inboxes.get(0).outcomes().record(lapsed, DONE));
      Future<Boolean> takeover =
          programs.submit(() -> taken.addAll(inboxes.get(1).leases().claim(1, LEASE)));
      boolean counted = end.get(20, TimeUnit.SECONDS);
      takeover.get(20, TimeUnit.SECONDS);
      taken.addAll(inboxes.get(2).leases().claim(1, LEASE));

      assertThat(taken).hasSize(1);
      assertThat(taken.get(0).id() == lapsed.id()).isEqualTo(!counted);
      assertThat(inboxes.get(1).outcomes().record(taken.get(0), DONE)).isTrue();
      inboxes
          .get(2)
          .leases()
          .claim(9, LEASE)
          .forEach(event -> inboxes.get(2).outcomes().record(event, DONE));
    }
    assertThat(inboxes.get(0).count(EventState.DONE)).isEqualTo(40);
  }

  private interface Program {
    boolean run(Inbox inbox) throws Exception;
  }

  private void atOnce(Program program) throws Exception {
    List<Callable<Boolean>> all = new ArrayList<>();
    inboxes.forEach(inbox -> all.add(() -> program.run(inbox)));
    for (Future<Boolean> one : programs.invokeAll(all, 60, TimeUnit.SECONDS)) {
      assertThat(one.get()).isTrue();
    }
  }
}
