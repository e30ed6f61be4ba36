package io.fitroute.export;

import io.fitroute.export.ExportRefused.Kind;
import io.fitroute.inbox.Event;
import io.fitroute.settings.ExportKind;
import io.fitroute.settings.InvalidSetting;
import io.fitroute.settings.Libraries;
import io.fitroute.settings.Settings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Variable;

/**
 * The chain of exports. The one named {@code original} is the kamelet {@code fit-original-export},
 * and so on; each leaves an {@link ExportedFile} in the variable {@code export}, or throws.
 */
public final class Exports {

  /** The variable that holds the {@link ExportedFile} once there is one. */
  public static final String EXPORT = "export";

  /** The variable with the report on the exported file, a {@code FitReport}. */
  public static final String REPORT = "report";

  private static final String REFUSALS = "refusals";
  private static final String TRIED = "exportsTried";

  /** How often a passing trouble of one export is waited out before the next is asked. */
  private static final int PATIENCE = 2;

  private final List<String> names;
  private final ExportFolder folder;
  private final Clock clock;
  private final KameletRoutes routes = new KameletRoutes();

  /**
   * @param names which exports to try, in this order
   * @param folder where files lie until they are delivered
   */
  public Exports(List<String> names, ExportFolder folder, Clock clock) {
    this.names = List.copyOf(names);
    this.folder = folder;
    this.clock = clock;
  }

  /** Those that the settings name. */
  public static Exports of(Settings settings, ExportFolder folder, Clock clock) {
    return new Exports(settings.list("fit.exports"), folder, clock);
  }

  /**
   * Refuses what would be noticed at the first call only.
   *
   * @throws InvalidSetting for a name that is none, and for an export whose library is missing
   */
  public static void require(Settings settings) {
    Map<String, ExportKind> known = settings.exports();
    for (String export : settings.list("fit.exports")) {
      if (!known.containsKey(export)) {
        throw new InvalidSetting(
            "fit.exports names \"%s\", and there is no kamelet fit-%s-export; allowed: %s"
                .formatted(export, export, String.join(", ", known.keySet())));
      }
      Libraries.obstacle(known.get(export).dependencies())
          .ifPresent(
              obstacle -> {
                throw new InvalidSetting("fit.exports names \"" + export + "\", which " + obstacle);
              });
    }
  }

  /** Whether there is another export to try, and a need to. */
  public boolean goesOn(Exchange exchange) {
    return exchange.getVariable(EXPORT) == null
        && exchange.getVariable(TRIED, 0, Integer.class) < names.size()
        && !isWorthWaiting(exchange);
  }

  /** Puts the name of the next export to try into the variable {@code exportName}. */
  public void choose(Exchange exchange) {
    int tried = exchange.getVariable(TRIED, 0, Integer.class);
    exchange.setVariable(TRIED, tried + 1);
    exchange.setVariable("exportName", names.get(tried));
  }

  private static boolean isWorthWaiting(Exchange exchange) {
    List<ExportRefused> refusals = refusals(exchange);
    return !refusals.isEmpty()
            && refusals.get(refusals.size() - 1).kind() == Kind.PASSING
            && exchange.getVariable("event", Event.class).failures() < PATIENCE
        || isExpected(exchange);
  }

  private static boolean isExpected(Exchange exchange) {
    List<ExportRefused> refusals = refusals(exchange);
    return !refusals.isEmpty()
        && refusals.get(refusals.size() - 1).kind() == Kind.EXPECTED
        && exchange.getVariable("fresh", false, Boolean.class);
  }

  /**
   * Prepares the call of the export {@code exportName}: its kamelet has a route then, and its file
   * will not outlast the exchange.
   *
   * @throws org.apache.camel.ResolveEndpointFailedException if the kamelet has a mistake
   */
  public void prepare(Exchange exchange, @Variable("exportName") String export) {
    folder.removeAtEnd(exchange, export);
    routes.make(exchange.getContext(), "fit-" + export + "-export/export-" + export);
  }

  /**
   * Makes sure that an export that ended without an exception has left a file.
   *
   * @throws ExportRefused if it has not
   */
  public void requireFile(Exchange exchange, @Variable("exportName") String export) {
    if (exchange.getVariable(EXPORT) == null) {
      throw new ExportRefused(Kind.ABSENT, "the export " + export + " has no file of it");
    }
  }

  /** Takes note of the exception by which an export says that it has no file. */
  public void refused(Exchange exchange) {
    RuntimeException caught =
        exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, RuntimeException.class);
    add(exchange, refusal(caught));
  }

  private static ExportRefused refusal(RuntimeException caught) {
    if (caught instanceof ExportRefused refused) {
      return refused;
    }
    Kind kind =
        caught instanceof NotExportedYet
            ? Kind.EXPECTED
            : caught instanceof NothingToExport ? Kind.NOTHING : Kind.UNUSABLE;
    return new ExportRefused(kind, caught.getMessage());
  }

  /** Takes note of a trouble that may pass, the variable {@code trouble}, with one export. */
  public void troubled(
      Exchange exchange,
      @Variable("exportName") String export,
      @Variable("trouble") String trouble) {
    add(exchange, new ExportRefused(Kind.PASSING, "the export " + export + " failed: " + trouble));
  }

  /** Takes note that an export cannot be asked, by the exception that was caught. */
  public void unable(Exchange exchange) {
    Exception caught = exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Exception.class);
    add(exchange, new ExportRefused(Kind.CREDENTIAL, caught.getMessage()));
  }

  private static void add(Exchange exchange, ExportRefused refusal) {
    List<ExportRefused> refusals = new ArrayList<>(refusals(exchange));
    refusals.add(refusal);
    exchange.setVariable(REFUSALS, List.copyOf(refusals));
  }

  @SuppressWarnings("unchecked")
  private static List<ExportRefused> refusals(Exchange exchange) {
    return exchange.getVariable(REFUSALS, List.of(), List.class);
  }

  /**
   * Says what it means that no export yielded a file.
   *
   * @throws RuntimeException always, of the kind that tells
   */
  public void giveUp(Exchange exchange) {
    List<ExportRefused> refusals = refusals(exchange);
    String reason = reason(refusals);
    if (isExpected(exchange)) {
      throw new NotExportedYet(reason);
    }
    Kind decisive =
        refusals.stream().map(ExportRefused::kind).min(Kind::compareTo).orElse(Kind.NOTHING);
    throw switch (decisive) {
      case PASSING -> new ExportRefused(Kind.PASSING, reason);
      case NOT_READY, EXPECTED, ABSENT -> new NotExportedYet(reason);
      case NOTHING, FOREIGN -> new NothingToExport(reason);
      case UNUSABLE -> new UnusableExport(reason);
      case CREDENTIAL -> new ExportMustWait(reason, until(refusals));
    };
  }

  /**
   * Says why a file stays that could have been replaced.
   *
   * @throws ExportRefused if it may go better the next time
   * @throws NothingToExport otherwise
   */
  public void leaveAsItIs(Exchange exchange) {
    List<ExportRefused> refusals = refusals(exchange);
    String reason = "the file stays: " + reason(refusals);
    throw refusals.stream().anyMatch(refusal -> refusal.kind() == Kind.PASSING)
        ? new ExportRefused(Kind.PASSING, reason)
        : new NothingToExport(reason);
  }

  private static String reason(List<ExportRefused> refusals) {
    return refusals.isEmpty()
        ? "no export is configured"
        : refusals.stream().map(Throwable::getMessage).collect(Collectors.joining("; "));
  }

  private Instant until(List<ExportRefused> refusals) {
    return refusals.stream()
        .map(ExportRefused::until)
        .flatMap(Optional::stream)
        .min(Instant::compareTo)
        .orElseGet(() -> clock.instant().plus(Duration.ofHours(1)));
  }
}
