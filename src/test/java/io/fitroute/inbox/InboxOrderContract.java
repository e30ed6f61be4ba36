package io.fitroute.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.fitroute.ManualClock;
import io.fitroute.inbox.RetryPolicy.Next;
import io.fitroute.ledger.Database;
import io.fitroute.ledger.Ledger;
import io.fitroute.system.SystemServices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/**
 * For any sequence of arrivals, claims, ends, delays and lost leases of two processes, no event is
 * lost, and events of one object are processed one at a time and in order.
 */
abstract class InboxOrderContract {

  private static final Duration LEASE = Duration.ofSeconds(30);

  private final Database database;
  private Path folder;
  private Ledger ledger;

  InboxOrderContract(Database database) {
    this.database = database;
  }

  @BeforeProperty
  void open() throws IOException {
    folder = Files.createTempDirectory("inbox");
    ledger = Ledger.open(database.url(folder), "", "");
  }

  @AfterProperty
  void close() throws IOException {
    ledger.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Property(tries = 60)
  void theInboxDoesAsItsModel(@ForAll("actions") List<Action> actions) {
    ledger.write(jdbc -> jdbc.sql("delete from event").update());
    Run run = new Run(ledger);

    actions.forEach(run::take);
    run.drain();

    run.assertNothingLost();
  }

  @Provide
  Arbitrary<List<Action>> actions() {
    Arbitrary<Integer> process = Arbitraries.integers().between(0, 1);
    Arbitrary<Action> arrival =
        Combinators.combine(
                Arbitraries.of("a", "b", "c"),
                Arbitraries.integers().between(0, 9),
                Arbitraries.of(Priority.class))
            .as(Action.Arrival::new);
    Arbitrary<Action> claim =
        Combinators.combine(process, Arbitraries.integers().between(1, 3)).as(Action.Claim::new);
    Arbitrary<Action> end = Arbitraries.integers().between(0, 9).map(Action.End::new);
    Arbitrary<Action> delay =
        Combinators.combine(
                Arbitraries.integers().between(0, 9), Arbitraries.integers().between(1, 60))
            .as(Action.Delay::new);
    Arbitrary<Action> time = Arbitraries.integers().between(1, 40).map(Action.Time::new);
    Arbitrary<Action> takeOver = process.map(Action.TakeOver::new);
    return Arbitraries.frequencyOf(
            Tuple.of(6, arrival),
            Tuple.of(5, claim),
            Tuple.of(4, end),
            Tuple.of(2, delay),
            Tuple.of(3, time),
            Tuple.of(1, takeOver))
        .list()
        .ofMinSize(5)
        .ofMaxSize(40);
  }

  sealed interface Action {

    record Arrival(String object, int second, Priority priority) implements Action {}

    record Claim(int process, int most) implements Action {}

    /** The end of one of the claimed events, whether or not its lease is still held. */
    record End(int which) implements Action {}

    record Delay(int which, int seconds) implements Action {}

    record Time(int seconds) implements Action {}

    record TakeOver(int process) implements Action {}
  }

  /** An event in the model. */
  private static final class Entry {
    private final String object;
    private final int second;
    private final Priority priority;
    private final int arrival;
    private Optional<Instant> due = Optional.empty();
    private Optional<String> lease = Optional.empty();
    private int holder;
    private boolean hasten;

    Entry(Action.Arrival told, int arrival) {
      this.object = told.object();
      this.second = told.second();
      this.priority = told.priority();
      this.arrival = arrival;
    }

    boolean is(NewEvent event) {
      return object.equals(event.objectId())
          && event.eventTime().equals(Events.TIME.plusSeconds(second));
    }
  }

  /** The inbox and its model, which does the same in memory. */
  private static final class Run {
    private final ManualClock clock = new ManualClock("2026-11-20T12:00:00Z");
    private final Ledger ledger;
    private final List<Inbox> processes;
    private final List<Entry> pending = new ArrayList<>();
    private final List<Claimed> claimed = new ArrayList<>();
    private final Set<String> accepted = new HashSet<>();
    private final Map<Long, Integer> ends = new HashMap<>();
    private final Map<String, Instant> hastened = new HashMap<>();

    private record Claimed(int process, Event event, Entry entry) {}

    Run(Ledger ledger) {
      this.ledger = ledger;
      this.processes =
          List.of(
              new Inbox(ledger, SystemServices.with(clock)),
              new Inbox(ledger, SystemServices.with(clock)));
    }

    void take(Action action) {
      if (action instanceof Action.Arrival arrival) {
        arrive(arrival);
      } else if (action instanceof Action.Claim claim) {
        claim(claim.process(), claim.most());
      } else if (action instanceof Action.End end) {
        one(end.which()).ifPresent(this::end);
      } else if (action instanceof Action.Delay delay) {
        one(delay.which()).ifPresent(it -> delay(it, Duration.ofSeconds(delay.seconds())));
      } else if (action instanceof Action.Time time) {
        clock.advance(Duration.ofSeconds(time.seconds()));
      } else if (action instanceof Action.TakeOver takeOver) {
        takeOver(takeOver.process());
      }
    }

    private Optional<Claimed> one(int which) {
      return claimed.isEmpty()
          ? Optional.empty()
          : Optional.of(claimed.get(which % claimed.size()));
    }

    private void arrive(Action.Arrival told) {
      boolean isNew = accepted.add(told.object() + told.second());
      boolean hastens =
          told.priority() == Priority.MANUAL
              || told.priority() == Priority.LIVE && isNew && isQuiet(told.object());
      if (hastens) {
        turn(told.object()).ifPresent(this::hasten);
      }
      if (isNew) {
        Entry entry = new Entry(told, accepted.size());
        if (turn(told.object()).isEmpty()) {
          entry.due = Optional.of(clock.instant());
        }
        pending.add(entry);
      }

      NewEvent event = Events.of(told.object(), told.second(), told.priority());
      assertThat(processes.get(0).accept(event).join()).isEqualTo(isNew);
    }

    private void hasten(Entry entry) {
      if (entry.lease.isPresent()) {
        entry.hasten = true;
        hastened.put(entry.object, clock.instant());
      } else if (entry.due.get().isAfter(clock.instant())) {
        entry.due = Optional.of(clock.instant());
        hastened.put(entry.object, clock.instant());
      }
    }

    private boolean isQuiet(String object) {
      Instant last = hastened.getOrDefault(object, Instant.EPOCH);
      return !last.plus(Duration.ofMinutes(10)).isAfter(clock.instant());
    }

    private Optional<Entry> turn(String object) {
      return pending.stream()
          .filter(entry -> entry.object.equals(object) && entry.due.isPresent())
          .findFirst();
    }

    private List<Event> claim(int process, int most) {
      List<Entry> expected =
          pending.stream()
              .filter(entry -> entry.due.isPresent())
              .filter(entry -> !entry.due.get().isAfter(clock.instant()))
              .sorted(
                  Comparator.comparing((Entry entry) -> entry.priority)
                      .thenComparing(entry -> entry.due.get())
                      .thenComparing(entry -> entry.arrival))
              .limit(most)
              .toList();

      List<Event> events = processes.get(process).leases().claim(most, LEASE);

      assertThat(events).hasSameSizeAs(expected);
      for (Event event : events) {
        Entry entry =
            expected.stream().filter(one -> one.is(event.event())).findFirst().orElseThrow();
        entry.lease = Optional.of(event.lease());
        entry.hasten = false;
        entry.holder = process;
        entry.due = Optional.of(clock.instant().plus(LEASE));
        claimed.add(new Claimed(process, event, entry));
      }
      assertThat(events).extracting(Event::objectId).doesNotHaveDuplicates();
      return events;
    }

    private void end(Claimed one) {
      boolean counts = holds(one);
      if (counts) {
        pending.remove(one.entry());
        ends.merge(one.event().id(), 1, Integer::sum);
        pending.stream()
            .filter(entry -> entry.object.equals(one.entry().object))
            .min(
                Comparator.comparing((Entry entry) -> entry.second)
                    .thenComparing(entry -> entry.arrival))
            .ifPresent(next -> next.due = Optional.of(clock.instant()));
      }

      Next done = new Next.End(EventState.DONE, "done");
      assertThat(processes.get(one.process()).outcomes().record(one.event(), done))
          .isEqualTo(counts);
    }

    private void delay(Claimed one, Duration delay) {
      boolean counts = holds(one);
      Instant due = clock.instant().plus(delay);
      if (counts) {
        one.entry().due = Optional.of(one.entry().hasten ? clock.instant() : due);
        one.entry().hasten = false;
        one.entry().lease = Optional.empty();
      }

      Next later = new Next.Later(due, 1, 0, "not now");
      assertThat(processes.get(one.process()).outcomes().record(one.event(), later))
          .isEqualTo(counts);
    }

    private boolean holds(Claimed one) {
      return pending.contains(one.entry())
          && one.entry().lease.equals(Optional.of(one.event().lease()));
    }

    private void takeOver(int process) {
      List<Entry> ofOthers =
          pending.stream()
              .filter(entry -> entry.lease.isPresent() && entry.holder != process)
              .toList();
      for (Entry entry : ofOthers) {
        entry.lease = Optional.empty();
        entry.due = Optional.of(clock.instant());
      }

      assertThat(processes.get(process).leases().takeOver()).isEqualTo(ofOthers.size());
    }

    /** Processes everything. */
    void drain() {
      while (!pending.isEmpty()) {
        clock.advance(Duration.ofMinutes(2));
        assertThat(claim(0, 100)).isNotEmpty();
        List.copyOf(claimed).forEach(this::end);
      }
    }

    void assertNothingLost() {
      assertThat(processes.get(0).leases().nextDue()).isEmpty();
      assertThat(processes.get(0).count(EventState.PENDING)).isZero();
      assertThat(processes.get(0).count(EventState.DONE)).isEqualTo(accepted.size());
      assertThat(ends).hasSameSizeAs(accepted).allSatisfy((id, times) -> assertThat(times).isOne());
      assertThat(ledger.read().sql("select count(*) from event").query(Long.class).single())
          .isEqualTo(accepted.size());
    }
  }
}
