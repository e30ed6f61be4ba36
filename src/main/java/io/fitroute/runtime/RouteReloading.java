package io.fitroute.runtime;

import io.fitroute.system.SystemServices;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
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
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Route;
import org.apache.camel.Suspendable;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.service.ServiceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reloads routes and kamelets when their files change. A file is read once it has been unchanged
 * for a moment, so a half-saved one does no harm. A mistake is logged in one line, and the old
 * version keeps running.
 */
public final class RouteReloading {

  private static final Logger LOG = LoggerFactory.getLogger(RouteReloading.class);
  private static final Duration INTERVAL = Duration.ofMillis(200);
  private static final String FILE = "file:";

  /** How long to wait for events in work; after that they are retried. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

  private final ModelCamelContext context;
  private final SystemServices services;
  private final List<String> patterns;
  private final LiveRoutes liveRoutes;
  private final LiveKamelets liveKamelets;

  /** The texts when last read, complete or not. */
  private Map<String, String> seen;

  /** The texts last tried. */
  private Map<String, String> tried;

  /** The running texts. */
  private final SortedMap<String, String> running;

  /** The messages logged for files with mistakes. */
  private final Map<String, String> reported = new HashMap<>();

  private RouteReloading(
      ModelCamelContext context, String routes, String kamelets, SystemServices services) {
    this.context = context;
    this.services = services;
    this.patterns =
        Stream.concat(
                files(routes),
                files(kamelets)
                    .map(folder -> folder.replaceFirst("/*$", "/*" + LiveKamelets.ENDING)))
            .toList();
    this.liveRoutes = new LiveRoutes(context);
    this.liveKamelets = new LiveKamelets(context);
    this.running = read();
    this.seen = Map.copyOf(running);
    this.tried = seen;
  }

  /** Files in an archive do not change. */
  private static Stream<String> files(String places) {
    return Arrays.stream(places.split(","))
        .map(place -> place.strip().replaceFirst("\\?.*$", ""))
        .filter(place -> place.startsWith(FILE));
  }

  /**
   * Starts watching; ends with Camel.
   *
   * @param routes the locations of routes, as in {@code camel.main.routes-include-pattern}
   * @param kamelets the locations of kamelets, as in {@code camel.component.kamelet.location}
   */
  public static void begin(
      CamelContext context, String routes, String kamelets, SystemServices services) {
    RouteReloading editing =
        new RouteReloading(
            (ModelCamelContext) context,
            context.resolvePropertyPlaceholders(routes),
            context.resolvePropertyPlaceholders(kamelets),
            services);
    LOG.info("Watching {} files of routes and kamelets for changes", editing.running.size());
    context
        .getExecutorServiceManager()
        .newSingleThreadScheduledExecutor(editing, "hot-editing")
        .scheduleWithFixedDelay(
            editing::look, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The path of the file at one of Camel's locations, without its scheme. */
  static String file(String location) {
    return location.substring(FILE.length());
  }

  /** The text of each file by location; a file that disappears meanwhile is left out. */
  private SortedMap<String, String> read() {
    SortedMap<String, String> texts = new TreeMap<>();
    for (String pattern : patterns) {
      for (Resource resource : found(pattern)) {
        try (InputStream text = resource.getInputStream()) {
          texts.put(
              resource.getLocation(), new String(text.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException gone) {
          texts.remove(resource.getLocation());
        }
      }
    }
    texts.keySet().removeIf(location -> texts.containsKey(own(location)));
    return texts;
  }

  /** The path at which a file replaces the shipped one. */
  private static String own(String location) {
    return location.replaceFirst("/routes/((kamelets/)?[^/]+)$", "/routes/own/$1");
  }

  private Iterable<Resource> found(String pattern) {
    try {
      return PluginHelper.getPackageScanResourceResolver(context).findResources(pattern);
    } catch (Exception away) {
      return List.of();
    }
  }

  private void look() {
    try {
      Map<String, String> now = read();
      boolean settled = now.equals(seen);
      seen = now;
      if (settled && !now.equals(tried)) {
        tried = now;
        followWhileTheInboxRests(now);
      }
    } catch (InterruptedException ends) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException trouble) {
      // a timer that throws is never called again
      LOG.error("Changed files could not be loaded; restart the service", trouble);
    }
  }

  /**
   * Events wait in the inbox, where none is lost, so no route is replaced under one of them.
   * Camel's own suspension of routes is not used: it holds a lock that an event in work needs to
   * call a kamelet for the first time.
   */
  private void followWhileTheInboxRests(Map<String, String> now) throws InterruptedException {
    List<Consumer> intake =
        context.getRoutes().stream()
            .map(Route::getConsumer)
            .filter(Suspendable.class::isInstance)
            .filter(consumer -> consumer.getEndpoint().getEndpointBaseUri().startsWith("inbox:"))
            .toList();
    intake.forEach(ServiceHelper::suspendService);
    try {
      services.await(
          () -> intake.stream().anyMatch(RouteReloading::isBusy),
          busy -> !busy,
          BETWEEN_LOOKS,
          PATIENCE);
      Map<String, String> before = Map.copyOf(running);
      follow(now);
      if (!reported.isEmpty() && !before.equals(running)) {
        follow(now); // a route may have moved to another file
      }
      warnOfCallsThatLeadNowhere();
    } finally {
      // the consumer of a replaced route is stopped and stays so
      intake.forEach(ServiceHelper::resumeService);
    }
  }

  /** Warns of calls, in unchanged files, to a route that no longer exists. */
  private void warnOfCallsThatLeadNowhere() {
    try {
      DirectCalls.require(context);
    } catch (EditingMistake mistake) {
      LOG.warn(mistake.getMessage());
    }
  }

  private static boolean isBusy(Consumer consumer) {
    return consumer instanceof ShutdownAware working && working.getPendingExchangesSize() > 0;
  }

  /**
   * A file with a mistake is tried again after every change, because its cause may be in another
   * file.
   */
  private void follow(Map<String, String> now) {
    Set<String> changed = new HashSet<>(running.keySet());
    changed.addAll(now.keySet());
    changed.removeIf(location -> Objects.equals(running.get(location), now.get(location)));
    for (String location : new TreeSet<>(reported.keySet())) {
      if (!changed.contains(location)) {
        reported.remove(location);
        LOG.info("{} is unchanged", file(location));
      }
    }
    List<String> ordered = new ArrayList<>(changed);
    // kamelets before their callers, and a removed file before one that replaces it
    ordered.sort(
        Comparator.comparing(RouteReloading::isKamelet)
            .reversed()
            .thenComparing(now::containsKey)
            .thenComparing(Comparator.naturalOrder()));
    ordered.forEach(location -> follow(location, Optional.ofNullable(now.get(location))));
  }

  private static boolean isKamelet(String location) {
    return location.endsWith(LiveKamelets.ENDING);
  }

  private void follow(String location, Optional<String> text) {
    try {
      String outcome = isKamelet(location) ? kamelet(location, text) : routes(location, text);
      text.ifPresentOrElse(fresh -> running.put(location, fresh), () -> running.remove(location));
      reported.remove(location);
      LOG.info("{} {}", file(location), outcome);
    } catch (EditingMistake mistake) {
      if (!mistake.getMessage().equals(reported.put(location, mistake.getMessage()))) {
        LOG.warn(
            "{}; {}",
            mistake.getMessage(),
            running.containsKey(location)
                ? "the previous version keeps running"
                : "it is not used");
      }
    }
  }

  private String kamelet(String location, Optional<String> text) throws EditingMistake {
    if (text.isEmpty()) {
      return "was removed; routes that use it keep running";
    }
    int uses =
        liveKamelets.exchange(
            Optional.ofNullable(running.get(location)).map(old -> new SourceText(location, old)),
            new SourceText(location, text.get()));
    return uses == 0 ? "loaded, and used when called" : "is read";
  }

  private String routes(String location, Optional<String> text) throws EditingMistake {
    boolean concernsOthers = liveRoutes.concernsOthers(location, text.orElse(""));
    SortedMap<String, String> before = new TreeMap<>(running);
    before
        .keySet()
        .removeIf(other -> isKamelet(other) || !(concernsOthers || other.equals(location)));
    SortedMap<String, String> after = new TreeMap<>(before);
    text.ifPresentOrElse(fresh -> after.put(location, fresh), () -> after.remove(location));
    liveRoutes.exchange(before, after);
    if (text.isEmpty()) {
      return "was removed, with its routes";
    }
    List<String> ids = liveRoutes.ids(location);
    return ids.isEmpty() ? "loaded, and applies to all routes" : "runs: " + String.join(", ", ids);
  }
}
