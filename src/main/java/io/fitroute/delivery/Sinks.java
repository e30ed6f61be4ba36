package io.fitroute.delivery;

import io.fitroute.export.KameletRoutes;
import io.fitroute.settings.InvalidSetting;
import io.fitroute.settings.Libraries;
import io.fitroute.settings.Settings;
import io.fitroute.settings.SinkKind;
import io.fitroute.sink.Operation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Variable;

/**
 * The configured sinks. Each has a name and a kind, which is the kamelet {@code
 * fit-KIND-sink.kamelet.yaml}; a kind is also the name of a sink. Settings of one sink never apply
 * to another.
 */
public final class Sinks implements BiPredicate<String, Operation> {

  private final Settings settings;
  private final SortedMap<String, SinkKind> kinds;
  private final KameletRoutes routes = new KameletRoutes();

  /**
   * @throws IllegalArgumentException if a kamelet declares an unknown operation
   */
  public Sinks(Settings settings) {
    this.settings = settings;
    this.kinds = settings.sinks().kinds();
    kinds.values().forEach(kind -> kind.operations().forEach(Operation::of));
  }

  /** The names of all sinks, in order. */
  public List<String> names() {
    return List.copyOf(kinds.keySet());
  }

  @Override
  public boolean test(String sink, Operation operation) {
    return can(sink, operation);
  }

  /** Whether a sink supports an operation, as its kamelet declares. */
  public boolean can(String sink, Operation operation) {
    return kinds.containsKey(sink) && kinds.get(sink).operations().contains(operation.word());
  }

  /** The kamelet of a sink with its instance name, for {@code kamelet:...}. */
  public String kamelet(String sink) {
    if (!kinds.containsKey(sink)) {
      throw new IllegalArgumentException("there is no sink " + sink);
    }
    return kinds.get(sink).kamelet() + "/sink-" + sink;
  }

  /** As {@link #kamelet(String)}, but also creates its route. */
  public String madeKamelet(CamelContext camel, @Variable("sink") String sink) {
    return routes.make(camel, kamelet(sink));
  }

  /** An operation in words that complete "the sink did not ...". */
  public String task(@Variable("operation") String operation) {
    return Operation.of(operation).task();
  }

  /**
   * Rejects settings that would otherwise fail at the first delivery.
   *
   * @throws InvalidSetting for an unknown sink or one that lacks something
   */
  public void require() {
    String removal = settings.choice("on-delete");
    for (String sink : settings.list("fit.sinks")) {
      if (!kinds.containsKey(sink)) {
        throw new InvalidSetting(
            "fit.sinks names \"%s\", and there is neither sink.%s.type nor a kamelet fit-%s-sink; allowed: %s"
                .formatted(sink, sink, sink, String.join(", ", names())));
      }
      obstacle(sink)
          .ifPresent(
              obstacle -> {
                throw new InvalidSetting("fit.sinks names \"" + sink + "\", which " + obstacle);
              });
      if (!removal.equals("keep") && !can(sink, Operation.of(removal))) {
        throw new InvalidSetting(
            "on-delete is %s, which the sink %s does not support; allowed: keep"
                .formatted(removal, sink));
      }
    }
    names().stream()
        .filter(sink -> !kinds.get(sink).name().equals(sink))
        .forEach(
            sink ->
                obstacle(sink)
                    .ifPresent(
                        obstacle -> {
                          throw new InvalidSetting("the sink " + sink + " " + obstacle);
                        }));
  }

  /** Why a sink cannot be used, in words that complete "the sink NAME ...". */
  private Optional<String> obstacle(String sink) {
    Optional<String> absent = Libraries.obstacle(kinds.get(sink).dependencies());
    if (absent.isPresent()) {
      return absent;
    }
    Map<String, String> values = settings.sinks().values(sink);
    return kinds.get(sink).properties().stream()
        .filter(property -> property.required() && values.get(property.name()).isEmpty())
        .map(property -> property.setting(sink, kinds.get(sink).name()))
        .findFirst()
        .map(setting -> "needs " + setting + ", which is not set");
  }

  /**
   * The Camel properties of all sinks. Every property is set, if only to its default, because Camel
   * would let an instance inherit those that are missing.
   */
  public Properties properties() {
    Properties properties = new Properties();
    for (String sink : names()) {
      String instance = "camel.kamelet." + kamelet(sink).replace('/', '.') + ".";
      settings
          .sinks()
          .values(sink)
          .forEach(
              (name, value) -> {
                String property = "fitroute.sink." + sink + "." + name;
                properties.setProperty(property, value);
                properties.setProperty(instance + name, "{{" + property + "}}");
              });
    }
    return properties;
  }

  /**
   * The sinks at which a file is renamed when its title changes: none unless the file name contains
   * the title.
   */
  public Set<String> followingTitles() {
    if (!settings.text("fit.file-name").contains("title")) {
      return Set.of();
    }
    return moving();
  }

  /** The sinks in use that can move files. */
  public Set<String> moving() {
    return settings.list("fit.sinks").stream()
        .filter(sink -> can(sink, Operation.MOVE))
        .collect(Collectors.toSet());
  }
}
