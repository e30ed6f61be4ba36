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
 * The chain of exports. The export {@code original} is the kamelet {@code fit-original-export}, and
 * so on. Each sets the variable {@code export} to an {@link ExportedFile}, throws an exception, or
 * ends without a file.
 */
public final class Exports {

  /** The variable with the {@link ExportedFile}, once there is one. */
  public static final String EXPORT = "export";

  /** The variable with the report on the exported file, a {@code FitReport}. */
  public static final String REPORT = "report";

  private static final String REFUSALS = "refusals";
  private static final String TRIED = "exportsTried";

  /**
   * How often an event is retried for a temporary failure of one export before the next is tried.
   */
  private static final int PATIENCE = 2;

  private final List<String> names;
  private final ExportFolder folder;
  private final Clock clock;
  private final KameletRoutes routes = new KameletRoutes();

  /**
   * @param names the exports to try, in order
   * @param folder where files are until they are delivered
   */
  public Exports(List<String> names, ExportFolder folder, Clock clock) {
    this.names = List.copyOf(names);
    this.folder = folder;
    this.clock = clock;
  }

  /** Takes the exports from the settings. */
  public static Exports of(Settings settings, ExportFolder folder, Clock clock) {
    return new Exports(settings.list("fit.exports"), folder, clock);
  }

  /**
   * Checks what would otherwise fail only at the first call.
   *
   * @throws InvalidSetting for an unknown name, and for an export whose library is missing
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

  /** Whether a file is still missing and another export remains to be tried. */
  public boolean goesOn(Exchange exchange) {
    return exchange.getVariable(EXPORT) == null
        && exchange.getVariable(TRIED, 0, Integer.class) < names.size()
        && !isWorthWaiting(exchange);
  }

  /** Sets the variable {@code exportName} to the next export. */
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
   * Prepares the call of the export {@code exportName}: creates the route of its kamelet, and has
   * its file deleted when the exchange completes.
   *
   * @throws org.apache.camel.ResolveEndpointFailedException if the kamelet is invalid
   */
  public void prepare(Exchange exchange, @Variable("exportName") String export) {
    folder.removeAtEnd(exchange, export);
    routes.make(exchange.getContext(), "fit-" + export + "-export/export-" + export);
  }

  /**
   * Checks that an export that ended without an exception has provided a file.
   *
   * @throws ExportRefused if it has not
   */
  public void requireFile(Exchange exchange, @Variable("exportName") String export) {
    if (exchange.getVariable(EXPORT) == null) {
      throw new ExportRefused(Kind.ABSENT, "the export " + export + " has no file of it");
    }
  }

  /** Records the refusal that was caught. */
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

  /** Records a temporary failure, the variable {@code trouble}, of one export. */
  public void troubled(
      Exchange exchange,
      @Variable("exportName") String export,
      @Variable("trouble") String trouble) {
    add(exchange, new ExportRefused(Kind.PASSING, "the export " + export + " failed: " + trouble));
  }

  /** Records that an export cannot be used, with the exception that was caught. */
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
   * Reports that no export yielded a file.
   *
   * @throws RuntimeException always, of the type that determines the outcome
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
   * Reports why a file was not replaced.
   *
   * @throws ExportRefused if a retry may succeed
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
