package io.fitroute.cli;

import io.fitroute.cli.report.ExitCode;
import io.fitroute.cli.report.Printable;
import io.fitroute.cli.report.Report;
import io.fitroute.delivery.UploadedFiles;
import io.fitroute.fit.UnacceptableFile;
import io.fitroute.inbox.EventStatus;
import io.fitroute.runtime.WorkClient;
import io.fitroute.settings.Settings;
import io.fitroute.strava.api.Athletes;
import io.fitroute.strava.api.Scope;
import io.fitroute.strava.upload.Upload;
import io.fitroute.strava.upload.Upload.State;
import io.fitroute.strava.upload.Uploads;
import io.fitroute.system.SystemServices;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fitroute upload}: uploads the user's own files to Strava. */
@Command(
    name = "upload",
    description = {
      "Upload FIT, GPX and TCX files to Strava, compressed with gzip or not, and wait until each is"
          + " an activity. No file is sent twice; run the same command again to resume.",
      "Requires the permission activity:write. Exit code 1: a file is not at Strava."
    },
    footer = {"  ./fitroute upload run.fit", "  ./fitroute upload *.fit.gz --json"})
final class UploadCommand extends Reporting {

  /** Longer than the delay between two status requests, and than that of the first retry. */
  private static final Duration PATIENCE = Duration.ofSeconds(35);

  private static final Scope WRITE = Scope.of("activity:write");

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "A FIT, GPX or TCX file.")
  private List<Path> files = List.of();

  @Option(
      names = "--athlete",
      paramLabel = "ID",
      description = "ID of their athlete; required if several athletes are connected.")
  private Optional<Long> athlete = Optional.empty();

  @Option(
      names = "--retry",
      description = "Also resend files that Strava rejected or whose activity was deleted.")
  private boolean retry;

  @Override
  public Integer call() throws InterruptedException {
    Settings settings = settings();
    requireApplication(settings);
    SystemServices services = SystemServices.ofJdk();
    try (WorkClient workClient = WorkClient.open(settings, environment().home())) {
      String owner = KnownAthlete.chosen(workClient, athlete);
      requirePermission(settings, new Athletes(workClient.ledger(), services.clock()), owner);
      Uploads uploads = new Uploads(workClient.ledger(), services.clock());
      List<Asked> asked = files.stream().map(file -> ask(file, settings, uploads, owner)).toList();
      Map<String, EventStatus> statuses = await(workClient, asked, uploads, owner);
      return report(
          new UploadReport(
              asked.stream()
                  .map(
                      one ->
                          one.sha256()
                              .flatMap(sum -> uploads.find(owner, sum))
                              .map(upload -> line(one.file(), upload, statuses, settings))
                              .orElseGet(() -> UploadReport.Line.invalid(one)))
                  .toList()));
    }
  }

  private static void requirePermission(Settings settings, Athletes athletes, String id) {
    Athletes.Athlete found =
        athletes.find(id).orElseThrow(() -> KnownAthlete.unknown(id, athletes.all()));
    if (found.mustReconnect().isPresent()) {
      throw CommandFailure.notConfigured(
          found + " must reconnect: " + found.mustReconnect().get() + "; run ./fitroute connect");
    }
    Scope granted = Scope.of(found.scope());
    if (!granted.isEmpty() && !WRITE.missingIn(granted).isEmpty()) {
      throw CommandFailure.notConfigured(howToPermit(settings));
    }
  }

  private static String howToPermit(Settings settings) {
    String scope = String.join(",", settings.list("strava.scope"));
    return "the permission activity:write was not granted; run STRAVA_SCOPE="
        + (scope.contains("activity:write") ? scope : scope + ",activity:write")
        + " ./fitroute connect";
  }

  /**
   * A file named on the command line.
   *
   * @param sha256 the hash of its uncompressed content; empty if it is not sent
   * @param refusal why it is not sent; otherwise empty
   */
  record Asked(Path file, Optional<String> sha256, String refusal) {}

  private Asked ask(Path file, Settings settings, Uploads uploads, String owner) {
    try {
      Path path = environment().workingDirectory().resolve(file);
      UploadedFiles.Checked checked = UploadedFiles.check(settings, path);
      String name = Printable.line(String.valueOf(file.getFileName()));
      Upload upload = uploads.ask(owner, checked.sha256(), name, checked.dataType(), retry);
      if (!upload.isFinished()) {
        UploadedFiles.store(settings, checked);
      }
      return new Asked(file, Optional.of(checked.sha256()), "");
    } catch (NoSuchFileException e) {
      return new Asked(file, Optional.empty(), "there is no such file");
    } catch (AccessDeniedException e) {
      return new Asked(file, Optional.empty(), "no permission to read it");
    } catch (IOException | UnacceptableFile e) {
      return new Asked(file, Optional.empty(), e.getMessage());
    }
  }

  /** Waits for the uploads, and returns the status of their events by the file's SHA-256. */
  private Map<String, EventStatus> await(
      WorkClient workClient, List<Asked> asked, Uploads uploads, String owner)
      throws InterruptedException {
    List<Upload> unfinished =
        asked.stream()
            .flatMap(one -> one.sha256().stream())
            .distinct()
            .flatMap(sum -> uploads.find(owner, sum).stream())
            .filter(upload -> !upload.isFinished())
            .toList();
    Map<String, EventStatus> statuses = new HashMap<>();
    try (Progress progress = progress("uploading", unfinished.size())) {
      new Requests(workClient.inbox(), PATIENCE)
          .follow(
              unfinished,
              Upload::request,
              (upload, status) -> statuses.put(upload.sha256(), status),
              progress::step);
    }
    if (!workClient.isBesideService()) {
      // no service is running that would deliver the activities
      List<Upload> made =
          unfinished.stream()
              .flatMap(upload -> uploads.find(owner, upload.sha256()).stream())
              .filter(Upload::isAtStrava)
              .toList();
      new Requests(workClient.inbox())
          .follow(made, Upload::delivery, (upload, status) -> status, () -> {});
    }
    return statuses;
  }

  private static UploadReport.Line line(
      Path file, Upload upload, Map<String, EventStatus> statuses, Settings settings) {
    Optional<EventStatus> status =
        Optional.ofNullable(statuses.get(upload.sha256())).filter(any -> !upload.isFinished());
    String reason =
        upload.state() == State.NOT_PERMITTED
            ? howToPermit(settings)
            : status.flatMap(EventStatus::reason).orElse(upload.reason());
    return new UploadReport.Line(
        file.toString(),
        upload.state().word(),
        upload.activityId(),
        reason,
        status.map(EventStatus::nextAttempt).orElse(""));
  }

  /**
   * The result for all files.
   *
   * @param left the number of files without a final result
   * @param continuesAt the time of the next attempt at any of them; empty if there is none
   */
  record UploadReport(List<Line> uploads, long left, String continuesAt) implements Report {

    UploadReport(List<Line> uploads) {
      this(
          uploads,
          uploads.stream().filter(Line::isLeft).count(),
          uploads.stream()
              .map(Line::nextAttempt)
              .filter(time -> !time.isEmpty())
              .min(String::compareTo)
              .orElse(""));
    }

    /**
     * The result for one file.
     *
     * @param state {@code ready}, {@code duplicate}, {@code processing}, {@code waiting}, {@code
     *     sending}, {@code failed}, {@code deleted}, {@code not-permitted} or {@code invalid}
     * @param activityId its activity at Strava; empty if there is none yet
     * @param reason the reason for the state; may be empty
     * @param nextAttempt the time of the next attempt; otherwise empty
     */
    record Line(String file, String state, String activityId, String reason, String nextAttempt) {

      static Line invalid(Asked asked) {
        return new Line(asked.file().toString(), "invalid", "", asked.refusal(), "");
      }

      private boolean isLeft() {
        return List.of("waiting", "sending", "processing").contains(state);
      }
    }

    @Override
    public int exitCode() {
      if (uploads.stream().anyMatch(line -> line.state().equals(State.NOT_PERMITTED.word()))) {
        return ExitCode.NOT_CONFIGURED;
      }
      return uploads.stream().noneMatch(line -> line.activityId().isEmpty())
          ? ExitCode.DONE
          : ExitCode.FAILED;
    }

    @Override
    public void print(PrintWriter out) {
      for (Line line : uploads) {
        String what = line.activityId().isEmpty() ? line.reason() : "activity " + line.activityId();
        out.printf("%s  %s: %s%n", Printable.line(line.file()), line.state(), what);
      }
      if (left > 0) {
        out.printf(
            "%s left%s; the same command continues%n",
            Printable.count(left, "file"), continuesAt.isEmpty() ? "" : " until " + continuesAt);
      }
    }
  }
}
