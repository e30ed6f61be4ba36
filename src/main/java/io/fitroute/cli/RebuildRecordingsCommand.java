package io.fitroute.cli;

import io.fitroute.cli.report.ExitCode;
import io.fitroute.cli.report.Printable;
import io.fitroute.cli.report.Report;
import io.fitroute.delivery.Deliveries;
import io.fitroute.delivery.Delivery;
import io.fitroute.delivery.Recordings;
import io.fitroute.fit.FitReport;
import io.fitroute.http.ErrorMessages;
import io.fitroute.runtime.StravaClient;
import io.fitroute.sink.Operation;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fitroute recordings rebuild}: rebuilds the table of the files' own numbers. */
@Command(
    name = "recordings",
    description =
        "Rebuild the table recording from the delivered files, each read from a sink that can"
            + " return it. The service can be running.",
    footer = {"  ./fitroute recordings rebuild", "  ./fitroute recordings rebuild --sink file"})
final class RebuildRecordingsCommand extends Reporting {

  @Parameters(paramLabel = "rebuild", description = "The action.")
  private String action = "";

  @Option(names = "--sink", paramLabel = "NAME", description = "Read only from this sink.")
  private Optional<String> sink = Optional.empty();

  @Override
  public Integer call() {
    if (!action.equals("rebuild")) {
      throw CommandFailure.wrongUsage(
          "found '" + Printable.line(action) + "', allowed is rebuild (recordings rebuild)");
    }
    sink.ifPresent(name -> ResendCommand.requireSink(environment(), name));
    try (StravaClient stravaClient = StravaClient.open(settings(), environment().home())) {
      Map<String, String> athletes = Recordings.begin(stravaClient.ledger());
      Collection<List<Delivery>> files =
          Deliveries.all(stravaClient.ledger(), sink).stream()
              .collect(
                  Collectors.groupingBy(
                      one -> one.activityId() + "/" + one.sha256(),
                      LinkedHashMap::new,
                      Collectors.toList()))
              .values();
      List<RecordingsReport.Line> failed = new ArrayList<>();
      try (Progress progress = progress("reading", files.size())) {
        for (List<Delivery> copies : files) {
          String athlete = athletes.getOrDefault(copies.get(0).activityId(), "");
          recorded(copies, athlete, stravaClient).ifPresent(failed::add);
          progress.step();
        }
      }
      return report(new RecordingsReport(files.size() - failed.size(), failed));
    }
  }

  /** Records the first readable copy of a file; if none is readable, returns why. */
  private static Optional<RecordingsReport.Line> recorded(
      List<Delivery> copies, String athlete, StravaClient stravaClient) {
    String why = "its sink cannot return files";
    for (Delivery copy : copies) {
      if (stravaClient.sinks().can(copy.sink(), Operation.GET)) {
        try {
          FitReport report = stravaClient.check(copy);
          stravaClient
              .ledger()
              .write(
                  jdbc -> {
                    Recordings.record(jdbc, copy, athlete, report, Instant.now());
                    return 1;
                  });
          return Optional.empty();
        } catch (RuntimeException failure) {
          why = ErrorMessages.of(failure);
        }
      }
    }
    Delivery first = copies.get(0);
    return Optional.of(
        new RecordingsReport.Line(first.activityId(), first.sink() + ":" + first.path(), why));
  }

  /**
   * The result.
   *
   * @param recorded the number of files read
   * @param failed the files that could not be read; their rows are kept
   */
  record RecordingsReport(int recorded, List<Line> failed) implements Report {

    record Line(String activityId, String place, String reason) {}

    @Override
    public int exitCode() {
      return failed.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }

    @Override
    public void print(PrintWriter out) {
      out.println(Printable.count(recorded, "file") + " recorded, " + failed.size() + " not read");
      failed.forEach(line -> out.println(line.place() + "  " + line.reason()));
    }
  }
}
