package io.fitroute.cli;

import io.fitroute.delivery.Deliveries;
import io.fitroute.delivery.Delivery;
import io.fitroute.delivery.SinkKamelets;
import io.fitroute.service.Errands;
import io.fitroute.service.Errands.Found;
import io.fitroute.service.Sentences;
import io.fitroute.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code fitroute verify}: compares the ledger with what the sinks really have. */
@Command(
    name = "verify",
    description = "Compare what was delivered with what each sink really has.",
    footer = {"  ./fitroute verify", "  ./fitroute verify --sink s3 --json"})
final class Verify extends Reporting {

  @Option(names = "--sink", paramLabel = "NAME", description = "Only this one.")
  private Optional<String> sink = Optional.empty();

  @Override
  public Integer call() {
    Settings settings = settings();
    sink.ifPresent(name -> Resend.requireSink(surroundings(), name));
    SinkKamelets kamelets = new SinkKamelets(surroundings().home().resolve("routes/kamelets"));
    List<VerifyReport.Line> lines = new ArrayList<>();
    try (Errands errands = Errands.open(settings, surroundings().home())) {
      for (Delivery delivery : Deliveries.all(errands.ledger(), sink)) {
        lines.add(line(delivery, kamelets, errands));
      }
    }
    return report(new VerifyReport(lines));
  }

  private static VerifyReport.Line line(Delivery delivery, SinkKamelets kamelets, Errands errands) {
    if (!kamelets.can(delivery.sink(), "look")) {
      return VerifyReport.Line.of(delivery, "unknown", "the sink does not tell what it has");
    }
    try {
      Found found = errands.look(delivery.sink(), delivery.path());
      if (found.unknown().isPresent()) {
        return VerifyReport.Line.of(delivery, "unknown", found.unknown().get());
      }
      return found.isThere()
          ? compared(delivery, found)
          : VerifyReport.Line.of(delivery, "missing", "it is not there");
    } catch (RuntimeException failure) {
      return VerifyReport.Line.of(delivery, "unknown", Sentences.of(failure));
    }
  }

  private static VerifyReport.Line compared(Delivery delivery, Found found) {
    long size = found.size().orElse(delivery.size());
    if (size != delivery.size()) {
      return VerifyReport.Line.of(
          delivery, "different", "of " + delivery.size() + " bytes, " + size + " are there");
    }
    if (found.sha256().filter(sum -> !sum.equals(delivery.sha256())).isPresent()) {
      return VerifyReport.Line.of(delivery, "different", "its content is another one");
    }
    String what = found.size().isPresent() ? "size" : "it is there";
    return VerifyReport.Line.of(
        delivery, "good", found.sha256().isPresent() ? "size and SHA-256" : what);
  }
}
