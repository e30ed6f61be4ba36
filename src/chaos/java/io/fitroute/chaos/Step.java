package io.fitroute.chaos;

import io.fitroute.simulator.FaultRule;
import io.fitroute.simulator.SimulatedActivity;
import io.fitroute.simulator.Visibility;
import io.fitroute.simulator.WebhookEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Something that happens in a run. */
sealed interface Step {

  /** Lets it happen. */
  void in(World world);

  /**
   * An athlete uploads an activity.
   *
   * @param late whether its event is held back until {@link TellLate}
   */
  record Upload(SimulatedActivity activity, boolean late) implements Step {
    @Override
    public void in(World world) {
      world.strava().uploadSilently(activity);
      WebhookEvent event =
          WebhookEvent.created(activity.id(), activity.athleteId(), world.strava().now());
      world.chronicle().became(activity, event);
      world.tell(event, late);
    }
  }

  /** An athlete gives an activity another title, if it still exists. */
  record Retitle(long activityId, String title, boolean late) implements Step {
    @Override
    public void in(World world) {
      change(world, activityId, builder -> builder.name(title), Map.of("title", title), late);
    }
  }

  /** An athlete makes an activity one of another sport. */
  record Retype(long activityId, String sportType, boolean late) implements Step {
    @Override
    public void in(World world) {
      change(
          world,
          activityId,
          builder -> builder.sportType(sportType),
          Map.of("type", sportType),
          late);
    }
  }

  /** An athlete hides an activity from everyone; who may read all still sees it. */
  record Hide(long activityId, boolean late) implements Step {
    @Override
    public void in(World world) {
      change(
          world,
          activityId,
          builder -> builder.visibility(Visibility.ONLY_ME),
          Map.of("private", "true"),
          late);
    }
  }

  /** An athlete deletes an activity; Strava tells of it at once. */
  record Delete(long activityId, long athlete) implements Step {
    @Override
    public void in(World world) {
      world.chronicle().told(WebhookEvent.deleted(activityId, athlete, world.strava().now()));
      world.strava().delete(activityId);
    }
  }

  /**
   * An athlete deletes an activity whose file is there already; Strava tells of it at once.
   *
   * @param which a number that picks one of them
   */
  record DeleteDelivered(int which) implements Step {
    @Override
    public void in(World world) {
      List<SimulatedActivity> there = world.delivered();
      if (!there.isEmpty()) {
        SimulatedActivity gone = there.get(which % there.size());
        new Delete(gone.id(), gone.athleteId()).in(world);
      }
    }
  }

  /**
   * Somebody claims that an activity was deleted, which is not true.
   *
   * @param which a number that picks one of those that were told so far
   */
  record FalseDelete(int which) implements Step {
    @Override
    public void in(World world) {
      List<SimulatedActivity> there =
          world.chronicle().told().stream()
              .filter(event -> event.objectType().equals("activity"))
              .map(WebhookEvent::objectId)
              .distinct()
              .flatMap(id -> world.strava().activity(id).stream())
              .toList();
      if (!there.isEmpty()) {
        SimulatedActivity one = there.get(which % there.size());
        WebhookEvent event = WebhookEvent.deleted(one.id(), one.athleteId(), world.strava().now());
        world.chronicle().told(event);
        world.tell(event, false);
      }
    }
  }

  /** Somebody claims that an athlete disconnected, which is not true. */
  record FalseDeauthorization(long athlete) implements Step {
    @Override
    public void in(World world) {
      WebhookEvent event = WebhookEvent.deauthorized(athlete, world.strava().now());
      world.chronicle().told(event);
      world.tell(event, false);
    }
  }

  /**
   * Somebody claims that an activity has another title, type or athlete, which is not true.
   *
   * @param which a number that picks one of those that were told so far
   */
  record FalseUpdate(int which, Map<String, String> updates) implements Step {
    @Override
    public void in(World world) {
      List<WebhookEvent> activities =
          world.chronicle().told().stream()
              .filter(event -> event.objectType().equals("activity"))
              .toList();
      if (!activities.isEmpty()) {
        WebhookEvent one = activities.get(which % activities.size());
        WebhookEvent event =
            WebhookEvent.updated(one.objectId(), one.ownerId(), updates, world.strava().now());
        world.chronicle().told(event);
        world.tell(event, false);
      }
    }
  }

  /**
   * Somebody claims that an activity was created that does not exist, or not yet, or is another's.
   */
  record FalseCreate(long activityId, long athlete) implements Step {
    @Override
    public void in(World world) {
      WebhookEvent event =
          WebhookEvent.created(activityId, athlete, world.strava().now().minusSeconds(2));
      world.chronicle().told(event);
      world.tell(event, false);
    }
  }

  /** An activity of somebody who never connected. */
  record Stranger(long activityId, long athlete) implements Step {
    @Override
    public void in(World world) {
      WebhookEvent event = WebhookEvent.created(activityId, athlete, world.strava().now());
      world.chronicle().told(event);
      world.tell(event, false);
    }
  }

  /**
   * Strava tells again what it told before.
   *
   * @param which a number that picks one of the events told so far
   */
  record Repeat(int which) implements Step {
    @Override
    public void in(World world) {
      var told = world.chronicle().told();
      world.tell(told.get(which % told.size()), false);
    }
  }

  /** Strava tells a second time that an activity was created, with an earlier time. */
  record Recreate(long activityId, long athlete) implements Step {
    @Override
    public void in(World world) {
      // one that is gone is not created again
      if (world.strava().activity(activityId).isPresent()) {
        WebhookEvent event =
            WebhookEvent.created(activityId, athlete, world.strava().now().minusSeconds(1));
        world.chronicle().told(event);
        world.tell(event, false);
      }
    }
  }

  /** What was told late is on its way now. */
  record TellLate() implements Step {
    @Override
    public void in(World world) {
      world.tellLate();
    }
  }

  /** Strava posts what there is to tell. */
  record Post() implements Step {
    @Override
    public void in(World world) {
      world.post();
    }
  }

  /** Something goes wrong at Strava from now on. */
  record Break(FaultRule fault) implements Step {
    @Override
    public void in(World world) {
      world.arm(fault);
    }
  }

  /** An athlete's access tokens end before their time. */
  record Expire(long athlete) implements Step {
    @Override
    public void in(World world) {
      world.strava().expireAccessToken(athlete);
    }
  }

  /** A service is killed, as {@code kill -9} does. */
  record Kill(int service) implements Step {
    @Override
    public void in(World world) {
      world.kill(service);
    }
  }

  /** Something befalls the machine, and passes. */
  record Befall(Mishap mishap, int service, Duration time) implements Step {
    @Override
    public void in(World world) {
      world.befall(mishap, service, time);
    }
  }

  /** A service is started, if it does not run. */
  record Start(int service) implements Step {
    @Override
    public void in(World world) {
      world.start(service);
    }
  }

  /** Nothing happens until a service is ready. */
  record AwaitReady(int service) implements Step {
    @Override
    public void in(World world) {
      world.awaitReady(service);
    }
  }

  /** Time passes. */
  record Pass(Duration time) implements Step {
    @Override
    public void in(World world) {
      world.pass(time);
    }
  }

  private static void change(
      World world,
      long activityId,
      java.util.function.UnaryOperator<SimulatedActivity.Builder> change,
      Map<String, String> updates,
      boolean late) {
    world
        .strava()
        .activity(activityId)
        .ifPresent(
            before -> {
              SimulatedActivity after = change.apply(before.toBuilder()).build();
              world.strava().uploadSilently(after);
              WebhookEvent event =
                  WebhookEvent.updated(
                      activityId, after.athleteId(), updates, world.strava().now());
              world.chronicle().became(after, event);
              world.tell(event, late);
            });
  }
}
