package io.fitroute.simulator;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The activities that athletes have at the fake Strava. */
final class SimulatedActivities {

  private static final long FIRST_ID = 16_999_000_001L;
  private static final Comparator<SimulatedActivity> BY_START =
      Comparator.comparing(SimulatedActivity::start).thenComparing(SimulatedActivity::id);

  private final AtomicLong nextId = new AtomicLong(FIRST_ID);
  private final Map<Long, SimulatedActivity> byId = new ConcurrentHashMap<>();
  private final Map<Long, ConcurrentSkipListSet<SimulatedActivity>> byAthlete =
      new ConcurrentHashMap<>();

  /** Stores an activity, replacing one with the same id; assigns an id if it has none. */
  SimulatedActivity store(SimulatedActivity activity) {
    SimulatedActivity stored =
        activity.id() == 0 ? activity.toBuilder().id(nextId.getAndIncrement()).build() : activity;
    Optional.ofNullable(byId.put(stored.id(), stored)).ifPresent(this::unlist);
    listOf(stored.athleteId()).add(stored);
    return stored;
  }

  /** An id for a later activity. */
  long reserveId() {
    return nextId.getAndIncrement();
  }

  /** All activities of an athlete, oldest first. */
  List<SimulatedActivity> all(long athleteId) {
    return List.copyOf(listOf(athleteId));
  }

  /** Removes an activity and returns it. */
  Optional<SimulatedActivity> remove(long id) {
    Optional<SimulatedActivity> removed = Optional.ofNullable(byId.remove(id));
    removed.ifPresent(this::unlist);
    return removed;
  }

  Optional<SimulatedActivity> find(long id) {
    return Optional.ofNullable(byId.get(id));
  }

  /**
   * One page of an athlete's activities that started between two times, both excluded. Newest
   * first, or oldest first if {@code after} is given.
   */
  List<SimulatedActivity> page(
      long athleteId,
      Optional<Instant> after,
      Optional<Instant> before,
      Predicate<SimulatedActivity> shown,
      long page,
      long pageSize) {
    ConcurrentSkipListSet<SimulatedActivity> all = listOf(athleteId);
    Stream<SimulatedActivity> ordered =
        after.isPresent() ? all.stream() : all.descendingSet().stream();
    return ordered
        .filter(activity -> after.map(activity.start()::isAfter).orElse(true))
        .filter(activity -> before.map(activity.start()::isBefore).orElse(true))
        .filter(shown)
        .skip((page - 1) * pageSize)
        .limit(pageSize)
        .toList();
  }

  private void unlist(SimulatedActivity activity) {
    listOf(activity.athleteId()).remove(activity);
  }

  private ConcurrentSkipListSet<SimulatedActivity> listOf(long athleteId) {
    return byAthlete.computeIfAbsent(athleteId, id -> new ConcurrentSkipListSet<>(BY_START));
  }
}
