package io.fitroute.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.NoSuchBeanException;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Resource;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/**
 * A mistake in a file of routes or a kamelet. The message is one line with file and line number,
 * without the values of settings.
 */
public final class EditingMistake extends Exception {

  private static final Pattern UNKNOWN = Pattern.compile("Unknown parameters=\\[\\{(\\w+)=");
  private static final Pattern ABSENT =
      Pattern.compile("^Resource not found: .*?([^/]+)[.]kamelet[.]yaml");
  private static final int LONGEST = 300;

  /** A text to search for, and the message for it. */
  private record Finding(String clue, String reason) {}

  /**
   * @param line in the file, counted from 1
   */
  private EditingMistake(String location, int line, String reason) {
    super(RouteReloading.file(location) + ":" + line + ": " + shortened(reason));
  }

  /**
   * A mistake that Camel accepts.
   *
   * @param clue a text in the line that is wrong
   */
  static EditingMistake at(SourceText file, String clue, String reason) {
    return new EditingMistake(file.location(), line(file.text(), 1, clue), reason);
  }

  /** The mistake that made Camel fail with a file. */
  static EditingMistake in(String location, String text, Throwable failure) {
    List<Throwable> causes = causes(failure);
    for (Throwable cause : causes) {
      if (cause instanceof MarkedYamlEngineException marked) {
        return new EditingMistake(
            location, marked.getProblemMark().map(Mark::getLine).orElse(0) + 1, words(marked));
      }
    }
    int start = firstLineOf(text, causes);
    Finding finding = finding(causes);
    return new EditingMistake(location, line(text, start, finding.clue()), finding.reason());
  }

  /** The mistake that kept Camel from starting, if it can be located in a file. */
  public static Optional<EditingMistake> atStart(CamelContext context, Throwable failure) {
    return causes(failure).stream()
        .flatMap(cause -> location(context, cause).stream())
        .filter(location -> location.startsWith("file:"))
        .findFirst()
        .flatMap(location -> text(location).map(text -> in(location, text, failure)));
  }

  private static Optional<String> location(CamelContext context, Throwable cause) {
    if (cause instanceof MarkedYamlEngineException marked) {
      return marked.getProblemMark().map(Mark::getName);
    }
    Stream<RouteDefinition> routes = ((ModelCamelContext) context).getRouteDefinitions().stream();
    if (cause instanceof FailedToCreateRouteException failed && failed.getRouteId() != null) {
      return locations(routes.filter(route -> failed.getRouteId().equals(route.getId())))
          .findFirst();
    }
    Matcher absent = ABSENT.matcher(String.valueOf(cause.getMessage()));
    return absent.find()
        ? locations(routes)
            .filter(location -> text(location).orElse("").contains("kamelet:" + absent.group(1)))
            .findFirst()
        : Optional.empty();
  }

  private static Stream<String> locations(Stream<RouteDefinition> routes) {
    return routes
        .map(RouteDefinition::getResource)
        .filter(Objects::nonNull)
        .map(Resource::getLocation)
        .filter(location -> location.startsWith("file:"))
        .distinct();
  }

  private static Optional<String> text(String location) {
    try {
      return Optional.of(Files.readString(Path.of(RouteReloading.file(location))));
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  private static List<Throwable> causes(Throwable failure) {
    List<Throwable> causes = new ArrayList<>();
    for (Throwable one = failure; one != null && !causes.contains(one); one = one.getCause()) {
      causes.add(one);
    }
    return causes;
  }

  private static String words(MarkedYamlEngineException marked) {
    String problem = Optional.ofNullable(marked.getProblem()).orElse("this cannot be parsed");
    return Optional.ofNullable(marked.getContext()).map(context -> context + ": ").orElse("")
        + problem;
  }

  private static Finding finding(List<Throwable> causes) {
    for (Throwable cause : causes) {
      Matcher absent = ABSENT.matcher(String.valueOf(cause.getMessage()));
      if (absent.find()) {
        return new Finding(absent.group(1), "there is no kamelet " + absent.group(1));
      }
      if (cause instanceof NoSuchBeanException bean) {
        return new Finding(bean.getName(), "there is no bean " + bean.getName());
      }
      Matcher unknown = UNKNOWN.matcher(String.valueOf(cause.getMessage()));
      if (cause instanceof ResolveEndpointFailedException endpoint && unknown.find()) {
        return new Finding(
            unknown.group(1), scheme(endpoint) + " knows no parameter " + unknown.group(1));
      }
    }
    Throwable root = causes.get(causes.size() - 1);
    String message = String.valueOf(root.getMessage());
    return new Finding(clue(causes), message.isBlank() ? root.getClass().getName() : message);
  }

  private static String scheme(ResolveEndpointFailedException endpoint) {
    return endpoint.getUri().replaceFirst("[:?].*$", "");
  }

  /** The address, without its parameters, that Camel could not resolve. */
  private static String clue(List<Throwable> causes) {
    return causes.stream()
        .filter(ResolveEndpointFailedException.class::isInstance)
        .map(cause -> ((ResolveEndpointFailedException) cause).getUri())
        .map(uri -> uri.replaceFirst("://", ":").replaceFirst("\\?.*$", ""))
        .reduce((outer, inner) -> inner)
        .orElse("");
  }

  /** The first line of the route that could not be created; 1 if unknown. */
  private static int firstLineOf(String text, List<Throwable> causes) {
    return causes.stream()
        .filter(FailedToCreateRouteException.class::isInstance)
        .map(cause -> ((FailedToCreateRouteException) cause).getRouteId())
        .mapToInt(id -> id == null ? 0 : line(text, 1, "id: " + id))
        .filter(line -> line > 0)
        .findFirst()
        .orElse(1);
  }

  private static int line(String text, int from, String clue) {
    List<String> lines = text.lines().toList();
    for (int number = from; !clue.isEmpty() && number <= lines.size(); number++) {
      if (lines.get(number - 1).contains(clue)) {
        return number;
      }
    }
    return from;
  }

  private static String shortened(String reason) {
    String line = reason.replaceAll("\\s+", " ").strip();
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
  }
}
