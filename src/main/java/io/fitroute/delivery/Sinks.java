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
 * The sinks there are. Each has a name and is of a kind, which is a kamelet in a file of its own,
 * {@code fit-KIND-sink.kamelet.yaml}; a kind is also the name of a sink. Nothing that is set for
 * one sink holds for another.
 */
public final class Sinks implements BiPredicate<String, Operation> {

  private final Settings settings;
  private final SortedMap<String, SinkKind> kinds;
  private final KameletRoutes routes = new KameletRoutes();

  /**
   * @throws IllegalArgumentException for an operation of a kamelet that there is not
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

  /** Whether a sink carries out an operation, as its kamelet declares. */
  public boolean can(String sink, Operation operation) {
    return kinds.containsKey(sink) && kinds.get(sink).operations().contains(operation.word());
  }

  /** The kamelet of a sink and the name of its own instance, as in {@code kamelet:...}. */
  public String kamelet(String sink) {
    if (!kinds.containsKey(sink)) {
      throw new IllegalArgumentException("there is no sink " + sink);
    }
    return kinds.get(sink).kamelet() + "/sink-" + sink;
  }

  /** As {@link #kamelet(String)}, with its route made. */
  public String madeKamelet(CamelContext camel, @Variable("sink") String sink) {
    return routes.make(camel, kamelet(sink));
  }

  /** What an operation is, in words that complete the sentence "the sink did not ...". */
  public String task(@Variable("operation") String operation) {
    return Operation.of(operation).task();
  }

  /**
   * Refuses what would be noticed at the first delivery only.
   *
   * @throws InvalidSetting for a name that is none, and for a sink that lacks something
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

  /** What hinders the use of a sink, in words that complete the sentence "the sink NAME ...". */
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
   * What Camel has to know of each sink. All properties are set, be it to their default: what is
   * not set for an instance of a kamelet, Camel would have it inherit.
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

  /** Names only follow the title where they hold it, and where the sink has a way to rename. */
  public Set<String> followingTitles() {
    if (!settings.text("fit.file-name").contains("title")) {
      return Set.of();
    }
    return settings.list("fit.sinks").stream()
        .filter(sink -> can(sink, Operation.MOVE))
        .collect(Collectors.toSet());
  }
}
