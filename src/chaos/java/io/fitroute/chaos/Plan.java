package io.fitroute.chaos;

import io.fitroute.simulator.OriginalFormat;
import io.fitroute.simulator.SimulatedActivity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The steps of a run, generated from a seed: bursts of events, faults in between, and after each
 * burst a kill of one or both services while they work.
 *
 * <p>The same seed gives the same plan. How far the services have come when they are killed depends
 * on the machine.
 */
final class Plan {

  static final List<Long> ATHLETES = List.of(4_455_667L, 5_566_778L, 6_677_889L);

  private static final long STRANGER = 9_988_776L;
  private static final long FIRST_ACTIVITY = 17_000_000_001L;
  private static final Instant FIRST_START = Instant.parse("2026-10-30T05:00:00Z");
  private static final int TITLES = 30;

  private final long seed;
  private final Random random;
  private final Scale scale;
  private final FaultMix faults;
  private final List<Mishap> mishaps;
  private int mishap;
  private final List<Step> steps = new ArrayList<>();
  private final List<SimulatedActivity> alive = new ArrayList<>();
  private final List<SimulatedActivity> all = new ArrayList<>();
  private int toTell;

  private Plan(long seed, Scale scale) {
    this.seed = seed;
    this.random = new Random(seed);
    this.scale = scale;
    this.faults = new FaultMix(random);
    this.mishaps = Mishap.of(scale.database());
    this.mishap = (int) Math.floorMod(seed, (long) mishaps.size());
    this.toTell = scale.events();
  }

  /** The steps of a run. */
  static List<Step> of(long seed, Scale scale) {
    Plan plan = new Plan(seed, scale);
    plan.make();
    return List.copyOf(plan.steps);
  }

  /** The start of an activity; no two activities start at the same time. */
  static Instant startOf(long activity) {
    return FIRST_START.plus(Duration.ofHours(activity - FIRST_ACTIVITY));
  }

  /** The activity with this start. */
  static long startedAt(Instant start) {
    return FIRST_ACTIVITY + Duration.between(FIRST_START, start).toHours();
  }

  private void make() {
    int kills = 1 + random.nextInt(3);
    for (int burst = 0; burst <= kills; burst++) {
      int share = toTell / (kills + 1 - burst);
      steps.add(new Step.Break(faults.odd(seed + burst)));
      burst(share);
      pass(20, 700);
      befall();
      pass(20, 1_800);
      if (burst < kills) {
        killAndRestart();
      }
    }
    steps.add(new Step.TellLate());
    steps.add(new Step.Post());
  }

  private void burst(int events) {
    for (int told = 0; told < events; told++) {
      happen();
      if (random.nextInt(12) == 0) {
        steps.add(new Step.Post());
        pass(0, 120);
      }
      if (random.nextInt(16) == 0) {
        steps.add(new Step.Break(faults.next()));
      }
      if (random.nextInt(60) == 0) {
        steps.add(new Step.Expire(anAthlete()));
      }
      if (random.nextInt(40) == 0) {
        steps.add(new Step.TellLate());
      }
    }
    toTell -= events;
    steps.add(new Step.Post());
  }

  /** Adds the next kind of mishap, so that a few runs cover all. */
  private void befall() {
    Duration time = Duration.ofMillis(200 + random.nextInt(1_500));
    Mishap next = mishaps.get(mishap++ % mishaps.size());
    // with a second process, longer than its leases
    boolean isLong = next == Mishap.FROZEN && scale.processes() > 1;
    steps.add(
        new Step.Befall(
            next, random.nextInt(scale.processes()), isLong ? time.plus(World.LEASE) : time));
  }

  private void killAndRestart() {
    List<Integer> victims = victims();
    victims.forEach(victim -> steps.add(new Step.Kill(victim)));
    if (random.nextInt(3) == 0) {
      // no service accepts these, so Strava must send them again
      burst(Math.min(toTell, 10));
    }
    pass(500, 900);
    for (int victim : victims) {
      steps.add(new Step.Start(victim));
      if (random.nextInt(4) == 0) {
        pass(0, 3_000);
        steps.add(new Step.Kill(victim));
        pass(500, 900);
        steps.add(new Step.Start(victim));
      }
    }
    if (random.nextInt(4) > 0) {
      victims.forEach(victim -> steps.add(new Step.AwaitReady(victim)));
    }
  }

  private List<Integer> victims() {
    if (scale.processes() == 1) {
      return List.of(0);
    }
    return switch (random.nextInt(3)) {
      case 0 -> List.of(0);
      case 1 -> List.of(1);
      default -> List.of(0, 1);
    };
  }

  private void pass(int leastMillis, int mostMillis) {
    int millis = leastMillis + random.nextInt(mostMillis - leastMillis + 1);
    steps.add(new Step.Pass(Duration.ofMillis(millis)));
  }

  private void happen() {
    int dice = random.nextInt(100);
    if (alive.isEmpty() || dice < 38) {
      upload();
    } else if (dice < 60) {
      steps.add(new Step.Repeat(random.nextInt(1 << 20)));
    } else if (dice < 66) {
      forge();
    } else if (dice < 72) {
      SimulatedActivity one = oneOf(alive);
      steps.add(new Step.Recreate(one.id(), one.athleteId()));
    } else if (dice < 80) {
      steps.add(new Step.Retitle(oneOf(alive).id(), title(), isLate()));
    } else if (dice < 86) {
      retype();
    } else if (dice < 89) {
      steps.add(new Step.Hide(oneOf(alive).id(), isLate()));
    } else if (dice < 95) {
      delete();
    } else if (dice < 97) {
      steps.add(new Step.FalseDelete(random.nextInt(1 << 20)));
    } else if (dice < 98) {
      steps.add(new Step.FalseDeauthorization(anAthlete()));
    } else {
      steps.add(new Step.Stranger(FIRST_ACTIVITY - 1 - random.nextInt(1000), STRANGER));
    }
  }

  private void forge() {
    switch (random.nextInt(4)) {
      case 0 -> falseUpdate(Map.of("title", title()));
      case 1 -> falseUpdate(Map.of("type", random.nextBoolean() ? "Ride" : "Run"));
      // for an activity that exists by then, will exist, or never does
      case 2 ->
          steps.add(
              new Step.FalseCreate(FIRST_ACTIVITY + all.size() + random.nextInt(6), anAthlete()));
      default -> steps.add(new Step.FalseCreate(oneOf(alive).id(), anAthlete()));
    }
  }

  private void falseUpdate(Map<String, String> updates) {
    steps.add(new Step.FalseUpdate(random.nextInt(1 << 20), updates));
  }

  private String title() {
    return "Title " + random.nextInt(TITLES);
  }

  private void upload() {
    SimulatedActivity.Builder builder =
        switch (random.nextInt(10)) {
          case 0 -> SimulatedActivity.ride(anAthlete());
          case 1 -> SimulatedActivity.manualRun(anAthlete());
          case 2 -> SimulatedActivity.run(anAthlete()).sportType("TrailRun").gzipped(true);
          case 3 -> SimulatedActivity.run(anAthlete()).original(oneOf(OriginalFormat.values()));
          default -> SimulatedActivity.run(anAthlete());
        };
    SimulatedActivity activity =
        builder
            .id(FIRST_ACTIVITY + all.size())
            .name(title())
            .start(startOf(FIRST_ACTIVITY + all.size()))
            // short ones are generated quickly, and size does not matter here
            .movingTime(Duration.ofSeconds(60 + random.nextInt(240)))
            .build();
    all.add(activity);
    alive.add(activity);
    steps.add(new Step.Upload(activity, isLate()));
  }

  /**
   * Changes the type of each activity at most once, because two changes within a second would be
   * one event.
   */
  private void retype() {
    int position = random.nextInt(alive.size());
    SimulatedActivity before = alive.get(position);
    boolean untouched = all.contains(before);
    if (!untouched) {
      steps.add(new Step.Repeat(random.nextInt(1 << 20)));
      return;
    }
    String sportType = before.sportType().equals("Ride") ? "Run" : "Ride";
    alive.set(position, before.toBuilder().sportType(sportType).build());
    steps.add(new Step.Retype(before.id(), sportType, isLate()));
  }

  private void delete() {
    if (random.nextBoolean()) {
      steps.add(new Step.DeleteDelivered(random.nextInt(1 << 20)));
    } else {
      SimulatedActivity gone = alive.remove(random.nextInt(alive.size()));
      steps.add(new Step.Delete(gone.id(), gone.athleteId()));
    }
  }

  private boolean isLate() {
    return random.nextInt(5) == 0;
  }

  private long anAthlete() {
    return oneOf(ATHLETES);
  }

  private <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  @SafeVarargs
  private <T> T oneOf(T... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
