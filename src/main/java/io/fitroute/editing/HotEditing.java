package io.fitroute.editing;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has routes and kamelets follow their files while the service runs. A file is read once it has
 * been the same for a moment, so that one that is half saved does no harm; one with a mistake is
 * told in a line, and what ran goes on.
 */
public final class HotEditing {

  private static final Logger LOG = LoggerFactory.getLogger(HotEditing.class);
  private static final Duration INTERVAL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Sources sources;
  private final LiveRoutes liveRoutes;
  private final LiveKamelets liveKamelets;
  private final Intake intake;
  private final ScheduledExecutorService timer;

  /** What the files said when they were last looked at, whether that was complete or not. */
  private Map<String, String> seen = Map.of();

  /** What was tried last. */
  private Map<String, String> tried = Map.of();

  /** What runs. */
  private final SortedMap<String, String> running = new TreeMap<>();

  /** What was told of the files that have a mistake. */
  private final Map<String, String> told = new HashMap<>();

  private HotEditing(CamelContext context, String routes, String kamelets) {
    ModelCamelContext model = (ModelCamelContext) context;
    sources = new Sources(context, routes, kamelets);
    liveRoutes = new LiveRoutes(model);
    liveKamelets = new LiveKamelets(model);
    intake = new Intake(context, PATIENCE);
    timer =
        context.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "hot-editing");
  }

  /**
   * Begins; it ends with Camel.
   *
   * @param routes where the routes are, as {@code camel.main.routes-include-pattern} says it
   * @param kamelets where the kamelets are, as {@code camel.component.kamelet.location} says it
   */
  public static void begin(CamelContext context, String routes, String kamelets) {
    HotEditing editing =
        new HotEditing(
            context,
            context.resolvePropertyPlaceholders(routes),
            context.resolvePropertyPlaceholders(kamelets));
    Map<String, String> all = editing.read();
    editing.seen = all;
    editing.tried = all;
    editing.running.putAll(all);
    LOG.info("{} files of routes and kamelets are followed as they change", all.size());
    editing.timer.scheduleWithFixedDelay(
        editing::look, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
  }

  private Map<String, String> read() {
    Map<String, String> all = new HashMap<>(sources.kamelets());
    all.putAll(sources.routes());
    return all;
  }

  private void look() {
    try {
      Map<String, String> now = read();
      boolean settled = now.equals(seen);
      seen = now;
      if (settled && !now.equals(tried)) {
        tried = now;
        intake.resting(
            () -> {
              Map<String, String> before = Map.copyOf(running);
              follow(now);
              if (!told.isEmpty() && !before.equals(running)) {
                follow(now); // a route may have moved from one file to another
              }
            });
      }
    } catch (InterruptedException ends) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException trouble) {
      // a timer that throws is never called again
      LOG.error("What files say could not be put into effect; restart the service", trouble);
    }
  }

  /** One with a mistake is tried with every change, as that may be elsewhere. */
  private void follow(Map<String, String> now) {
    Set<String> changed = new HashSet<>(running.keySet());
    changed.addAll(now.keySet());
    changed.removeIf(location -> Objects.equals(running.get(location), now.get(location)));
    Set<String> undone = new TreeSet<>(told.keySet());
    undone.removeAll(changed);
    for (String location : undone) {
      told.remove(location);
      LOG.info("{} is as it was", Sources.file(location));
    }
    changed.stream()
        .filter(HotEditing::isKamelet)
        .sorted()
        .forEach(location -> followKamelet(location, Optional.ofNullable(now.get(location))));
    changed.stream()
        .filter(location -> !isKamelet(location))
        .sorted(Comparator.comparing(now::containsKey)) // a file with another name has gone before
        .forEach(location -> followRoutes(location, Optional.ofNullable(now.get(location))));
  }

  private static boolean isKamelet(String location) {
    return location.endsWith(LiveKamelets.ENDING);
  }

  private void followKamelet(String location, Optional<String> text) {
    if (text.isEmpty()) {
      running.remove(location);
      LOG.info("{} is gone; who uses it already goes on", Sources.file(location));
      return;
    }
    try {
      int uses =
          liveKamelets.exchange(
              Optional.ofNullable(running.get(location)).map(old -> new SourceText(location, old)),
              new SourceText(location, text.get()));
      running.put(location, text.get());
      told.remove(location);
      LOG.info(
          "{} is read{}", Sources.file(location), uses == 0 ? ", and used when it is called" : "");
    } catch (Mistaken mistaken) {
      tell(location, mistaken.mistake());
    }
  }

  private void followRoutes(String location, Optional<String> text) {
    Map<String, String> before = new TreeMap<>();
    Map<String, String> after = new TreeMap<>();
    Optional.ofNullable(running.get(location)).ifPresent(old -> before.put(location, old));
    text.ifPresent(fresh -> after.put(location, fresh));
    if (liveRoutes.concernsOthers(location, text.orElse(""))) {
      running.forEach(
          (other, same) -> {
            if (!isKamelet(other) && !other.equals(location)) {
              before.put(other, same);
              after.put(other, same);
            }
          });
    }
    try {
      liveRoutes.exchange(before, after);
      text.ifPresentOrElse(fresh -> running.put(location, fresh), () -> running.remove(location));
      told.remove(location);
      LOG.info("{} {}", Sources.file(location), outcome(location, text));
    } catch (Mistaken mistaken) {
      tell(location, mistaken.mistake());
    }
  }

  private String outcome(String location, Optional<String> text) {
    if (text.isEmpty()) {
      return "is gone, and its routes";
    }
    List<String> ids = liveRoutes.ids(location);
    return ids.isEmpty() ? "is read, and holds for all routes" : "runs: " + String.join(", ", ids);
  }

  private void tell(String location, Mistake mistake) {
    if (!mistake.sentence().equals(told.put(location, mistake.sentence()))) {
      LOG.warn(
          "{}; {}",
          mistake.sentence(),
          running.containsKey(location) ? "what ran before goes on" : "it is not used");
    }
  }
}
