package io.fitroute.cli;

import io.fitroute.cli.report.VerifyReport;
import io.fitroute.delivery.Deliveries;
import io.fitroute.delivery.Delivery;
import io.fitroute.delivery.SinkAnswer;
import io.fitroute.http.ErrorMessages;
import io.fitroute.runtime.StravaClient;
import io.fitroute.settings.Settings;
import io.fitroute.sink.Operation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code fitroute verify}: compares the ledger with the contents of the sinks. */
@Command(
    name = "verify",
    description = "Compare the recorded deliveries with the files at each sink.",
    footer = {"  ./fitroute verify", "  ./fitroute verify --sink sftp --deep"})
final class VerifyCommand extends Reporting {

  @Option(names = "--sink", paramLabel = "NAME", description = "Only this sink.")
  private Optional<String> sink = Optional.empty();

  @Option(
      names = "--deep",
      description =
          "Read each file whose checksum the sink does not provide, instead of trusting its size.")
  private boolean deep;

  @Override
  public Integer call() {
    Settings settings = settings();
    sink.ifPresent(name -> ResendCommand.requireSink(environment(), name));
    try (StravaClient stravaClient = StravaClient.open(settings, environment().home())) {
      List<Delivery> deliveries = Deliveries.all(stravaClient.ledger(), sink);
      Map<String, Long> atPath =
          deliveries.stream().collect(Collectors.groupingBy(Delivery::key, Collectors.counting()));
      return report(
          new VerifyReport(
              deliveries.stream()
                  .map(
                      one ->
                          atPath.get(one.key()) > 1
                              ? VerifyReport.Line.of(
                                  one, "shared", "other activities have the same path")
                              : line(one, stravaClient))
                  .toList()));
    }
  }

  private VerifyReport.Line line(Delivery delivery, StravaClient stravaClient) {
    if (!stravaClient.sinks().can(delivery.sink(), Operation.STAT)) {
      return VerifyReport.Line.of(delivery, "unknown", "the sink cannot report what it has");
    }
    try {
      SinkAnswer found = stravaClient.stat(delivery.sink(), delivery.path());
      if (found.unknown().isPresent()) {
        return VerifyReport.Line.of(delivery, "unknown", found.unknown().get());
      }
      return found.isThere()
          ? compared(delivery, found, stravaClient)
          : VerifyReport.Line.of(delivery, "missing", "it is not there");
    } catch (RuntimeException failure) {
      return VerifyReport.Line.of(delivery, "unknown", ErrorMessages.of(failure));
    }
  }

  private VerifyReport.Line compared(
      Delivery delivery, SinkAnswer found, StravaClient stravaClient) {
    long size = found.size().orElse(delivery.size());
    if (size != delivery.size()) {
      return VerifyReport.Line.of(
          delivery, "different", "of " + delivery.size() + " bytes, " + size + " are there");
    }
    boolean isRead =
        deep
            && found.sha256().isEmpty()
            && stravaClient.sinks().can(delivery.sink(), Operation.GET);
    Optional<String> sha256 =
        isRead ? Optional.of(stravaClient.read(delivery.sink(), delivery.path())) : found.sha256();
    if (sha256.filter(sum -> !sum.equals(delivery.sha256())).isPresent()) {
      return VerifyReport.Line.of(delivery, "different", "its content differs");
    }
    String what = found.size().isPresent() ? "size" : "it is there";
    return VerifyReport.Line.of(delivery, "good", sha256.isPresent() ? "size and SHA-256" : what);
  }
}
