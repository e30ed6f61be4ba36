package io.fitroute.export;

import io.fitroute.export.ExportRefused.Kind;
import io.fitroute.inbox.Event;
import io.fitroute.settings.Settings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Variable;

/**
 * The chain of exports. The export {@code original} is the route {@code export-original}, and so
 * on. Each sets the variable {@code export} to an {@link ExportedFile} or throws {@link
 * ExportRefused}.
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
  private final Clock clock;

  /**
   * @param names the exports to try, in order
   */
  public Exports(List<String> names, Clock clock) {
    this.names = List.copyOf(names);
    this.clock = clock;
  }

  /** Takes the exports from the settings. */
  public static Exports of(Settings settings, Clock clock) {
    return new Exports(settings.list("fit.exports"), clock);
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

  /** Records the {@link ExportRefused} that was caught. */
  public void refused(Exchange exchange) {
    add(exchange, exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, ExportRefused.class));
  }

  /** Records a temporary failure, the variable {@code trouble}, of one export. */
  public void troubled(Exchange exchange, @Variable("trouble") String trouble) {
    add(exchange, new ExportRefused(Kind.PASSING, trouble));
  }

  /** Records that an export cannot be used, for the reason {@code trouble}. */
  public void unable(Exchange exchange, @Variable("trouble") String trouble) {
    add(exchange, new ExportRefused(Kind.CREDENTIAL, trouble));
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
