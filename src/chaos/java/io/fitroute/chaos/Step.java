package io.fitroute.chaos;

import io.fitroute.simulator.FaultRule;
import io.fitroute.simulator.SimulatedActivity;
import io.fitroute.simulator.Visibility;
import io.fitroute.simulator.WebhookEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A step of a run. */
sealed interface Step {

  /** Executes the step. */
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

  /** An athlete changes the title of an activity, if it still exists. */
  record Retitle(long activityId, String title, boolean late) implements Step {
    @Override
    public void in(World world) {
      change(world, activityId, builder -> builder.name(title), Map.of("title", title), late);
    }
  }

  /** An athlete changes the sport of an activity. */
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

  /** An athlete hides an activity; an application that may read all of them still sees it. */
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

  /** An athlete deletes an activity, which is reported at once. */
  record Delete(long activityId, long athlete) implements Step {
    @Override
    public void in(World world) {
      world.chronicle().told(WebhookEvent.deleted(activityId, athlete, world.strava().now()));
      world.strava().delete(activityId);
    }
  }

  /**
   * An athlete deletes an activity that has been delivered, which is reported at once.
   *
   * @param which selects one of them
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
   * A false report of a deletion.
   *
   * @param which selects one of the activities reported so far
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

  /** A false report of a disconnection. */
  record FalseDeauthorization(long athlete) implements Step {
    @Override
    public void in(World world) {
      WebhookEvent event = WebhookEvent.deauthorized(athlete, world.strava().now());
      world.chronicle().told(event);
      world.tell(event, false);
    }
  }

  /**
   * A false report of a change of title, type or athlete.
   *
   * @param which selects one of the activities reported so far
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
   * A false report of a creation: the activity does not exist, or not yet, or belongs to another
   * athlete.
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

  /** An activity of an athlete who never connected. */
  record Stranger(long activityId, long athlete) implements Step {
    @Override
    public void in(World world) {
      WebhookEvent event = WebhookEvent.created(activityId, athlete, world.strava().now());
      world.chronicle().told(event);
      world.tell(event, false);
    }
  }

  /**
   * An event is sent again.
   *
   * @param which selects one of the events so far
   */
  record Repeat(int which) implements Step {
    @Override
    public void in(World world) {
      var told = world.chronicle().told();
      world.tell(told.get(which % told.size()), false);
    }
  }

  /** A creation is reported a second time, with an earlier time. */
  record Recreate(long activityId, long athlete) implements Step {
    @Override
    public void in(World world) {
      // a deleted activity is not created again
      if (world.strava().activity(activityId).isPresent()) {
        WebhookEvent event =
            WebhookEvent.created(activityId, athlete, world.strava().now().minusSeconds(1));
        world.chronicle().told(event);
        world.tell(event, false);
      }
    }
  }

  /** Events held back are sent now. */
  record TellLate() implements Step {
    @Override
    public void in(World world) {
      world.tellLate();
    }
  }

  /** Strava posts the waiting events. */
  record Post() implements Step {
    @Override
    public void in(World world) {
      world.post();
    }
  }

  /** Arms a fault. */
  record Break(FaultRule fault) implements Step {
    @Override
    public void in(World world) {
      world.arm(fault);
    }
  }

  /** An athlete's access tokens expire early. */
  record Expire(long athlete) implements Step {
    @Override
    public void in(World world) {
      world.strava().expireAccessToken(athlete);
    }
  }

  /** A service is killed as by {@code kill -9}. */
  record Kill(int service) implements Step {
    @Override
    public void in(World world) {
      world.kill(service);
    }
  }

  /** A mishap happens and passes. */
  record Befall(Mishap mishap, int service, Duration time) implements Step {
    @Override
    public void in(World world) {
      world.befall(mishap, service, time);
    }
  }

  /** A service is started unless it is running. */
  record Start(int service) implements Step {
    @Override
    public void in(World world) {
      world.start(service);
    }
  }

  /** Waits until a service is ready. */
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
