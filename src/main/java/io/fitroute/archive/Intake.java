package io.fitroute.archive;

import com.fasterxml.jackson.databind.node.MissingNode;
import io.fitroute.archive.Import.State;
import io.fitroute.archive.KnownActivities.Match;
import io.fitroute.delivery.KeptExports;
import io.fitroute.export.ExportedFile;
import io.fitroute.fit.FileFormat;
import io.fitroute.fit.FileReceiver;
import io.fitroute.fit.FitCheck;
import io.fitroute.fit.FitReport;
import io.fitroute.fit.ReceivedFile;
import io.fitroute.fit.UnacceptableFile;
import io.fitroute.inbox.Inbox;
import io.fitroute.inbox.NewEvent;
import io.fitroute.inbox.Priority;
import io.fitroute.ledger.Ledger;
import io.fitroute.ledger.Rows;
import io.fitroute.ledger.SqlText;
import io.fitroute.settings.Settings;
import io.fitroute.strava.activity.Activities;
import io.fitroute.strava.activity.Activity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Takes files in, one by one: each is unpacked, checked and matched with its activity, and an event
 * in the inbox has it delivered as any other. A file is kept, noted and handed in by one
 * transaction, so that a run can be killed at any point.
 */
public final class Intake {

  /** The origin of the events. */
  public static final String ORIGIN = "import";

  private static final Pattern NAMED_ACTIVITY = Pattern.compile("(?i).*[.](fit|gpx|tcx)([.]gz)?");
  private static final String SEED = SqlText.named("seed-imported-activity");
  private static final String WAITING = SqlText.named("kept-exports-on-the-way");
  private static final DateTimeFormatter LOCAL = DateTimeFormatter.ISO_LOCAL_DATE_TIME;

  private final Ledger ledger;
  private final Activities activities;
  private final Path folder;
  private final FileReceiver receiver;
  private final boolean utc;
  private final String athleteId;
  private final Clock clock;

  private Intake(
      Ledger ledger,
      Activities activities,
      Path folder,
      long largest,
      boolean utc,
      String athleteId,
      Clock clock) {
    this.ledger = ledger;
    this.activities = activities;
    this.folder = folder;
    this.receiver = new FileReceiver(new FitCheck(), largest);
    this.utc = utc;
    this.athleteId = athleteId;
    this.clock = clock;
  }

  /**
   * As the settings have it.
   *
   * @param folder where files lie until they are delivered
   * @param athleteId whose files they are; empty if that is not known
   */
  public static Intake of(
      Settings settings, Ledger ledger, Path folder, String athleteId, Clock clock) {
    return new Intake(
        ledger,
        Activities.of(ledger, settings, clock),
        folder,
        settings.bytes("export.max-size"),
        settings.choice("fit.calendar").equals("utc"),
        athleteId,
        clock);
  }

  /** How many files have been taken in, by this and others, and wait for their delivery. */
  public int waiting() {
    return ledger.read().sql(WAITING).query(Integer.class).single();
  }

  /**
   * Takes a file in.
   *
   * @throws IOException if this machine's disk cannot take it; nothing is noted of it then
   */
  public Verdict take(Import run, SourceFile file) throws IOException {
    return read(run, file, true);
  }

  /** What {@link #take} would come to, by what the ledger holds now; changes nothing. */
  public Verdict examine(Import run, SourceFile file) throws IOException {
    return read(run, file, false);
  }

  private Verdict read(Import run, SourceFile file, boolean takes) throws IOException {
    Optional<String> obstacle = file.obstacle().or(() -> leftOut(file));
    if (obstacle.isPresent()) {
      return noted(run, file, Verdict.of(State.SKIPPED, obstacle.get()), takes);
    }
    Path target = folder.resolve("kept-import-" + run.id());
    try (InputStream bytes = new MarkedFailures(file.content())) {
      return judged(run, file, receiver.receive(bytes, target), takes);
    } catch (UnacceptableFile e) {
      return noted(run, file, refused(file, e), takes);
    } catch (MarkedFailures.Unreadable e) {
      return noted(
          run, file, Verdict.of(State.BROKEN, "it cannot be read: " + e.getMessage()), takes);
    } finally {
      Files.deleteIfExists(target);
    }
  }

  /** Why a file need not be read, by what the table says of its sport. */
  private Optional<String> leftOut(SourceFile file) {
    return file.row()
        .flatMap(row -> SportTypes.ofTable(row.type()))
        .flatMap(activities::unwanted)
        .map(Intake::unwanted);
  }

  private static String unwanted(String sportType) {
    return sportType + " is not wanted (strava.sport-types)";
  }

  private static Verdict refused(SourceFile file, UnacceptableFile refusal) {
    boolean isOther =
        switch (refusal.kind()) {
          case HTML, EMPTY, UNKNOWN ->
              file.row().isEmpty() && !NAMED_ACTIVITY.matcher(file.name()).matches();
          case TRUNCATED, CORRUPT, TOO_LARGE -> false;
        };
    return Verdict.of(isOther ? State.SKIPPED : State.BROKEN, refusal.getMessage());
  }

  private Verdict noted(Import run, SourceFile file, Verdict verdict, boolean takes) {
    if (takes) {
      ledger.note(jdbc -> run.note(jdbc, file.name(), verdict, Optional.empty(), false));
    }
    return verdict;
  }

  private Verdict judged(Import run, SourceFile file, ReceivedFile received, boolean takes)
      throws IOException {
    if (received.format() != FileFormat.FIT) {
      String reason = received.format() + " is not FIT";
      return noted(run, file, Verdict.of(State.SKIPPED, reason), takes);
    }
    FitReport report = received.fit().orElseThrow();
    if (report.fileType().orElse(FitReport.ACTIVITY) != FitReport.ACTIVITY) {
      String reason = "it is not an activity but FIT's " + report.fileTypeName().orElse("");
      return noted(run, file, Verdict.of(State.SKIPPED, reason), takes);
    }
    Optional<Instant> start =
        report.startTime().or(() -> file.row().flatMap(row -> TableDates.read(row.date())));
    if (start.isEmpty()) {
      String reason = "it does not say when the activity began";
      return noted(run, file, Verdict.of(State.SKIPPED, reason), takes);
    }
    Verdict verdict = verdict(file, received, report);
    if (!verdict.isDelivered()) {
      return noted(run, file, verdict, takes);
    }
    Activity activity = activity(verdict, file, report, start.get());
    Optional<String> leftOut = activities.leftOut(activity).map(Intake::unwanted);
    if (leftOut.isPresent()) {
      return noted(
          run, file, Verdict.skipped(leftOut.get(), activity.id(), received.sha256()), takes);
    }
    if (takes) {
      deliver(run, file, received, verdict, activity, report.elapsedTime());
    }
    return verdict;
  }

  private Verdict verdict(SourceFile file, ReceivedFile received, FitReport report) {
    JdbcClient jdbc = ledger.read();
    String sha256 = received.sha256();
    List<String> same = KnownActivities.withContent(jdbc, sha256);
    Optional<String> id = file.row().map(ExportRow::id);
    Optional<String> other =
        same.stream()
            .filter(one -> id.isEmpty() || !one.equals(id.get()) && !KnownActivities.isOwn(one))
            .findFirst();
    if (other.isPresent()) {
      return Verdict.known("activity " + other.get() + " has the same file", other.get(), sha256);
    }
    Optional<String> matched =
        id.or(
            () ->
                KnownActivities.startedWith(
                        jdbc, report, one -> !one.hasFile() || one.lasts(report.elapsedTime()))
                    .map(Match::id));
    return verdict(jdbc, matched.orElseGet(() -> KnownActivities.ownId(sha256)), same, sha256);
  }

  private static Verdict verdict(JdbcClient jdbc, String id, List<String> same, String sha256) {
    List<String> provenances =
        jdbc.sql("select provenance from delivery where activity_id = ?")
            .param(id)
            .query(String.class)
            .list();
    if (same.contains(id)) {
      return Verdict.known("it was delivered before", id, sha256);
    }
    if (Rows.any(jdbc, "select count(*) from kept_export where activity_id = ?", id)) {
      return Verdict.known("a file of activity " + id + " is being delivered", id, sha256);
    }
    State state =
        provenances.isEmpty()
            ? State.IMPORTED
            : provenances.contains("streams") ? State.UPGRADED : State.KNOWN;
    String reason = state == State.KNOWN ? "activity " + id + " has its file already" : "";
    return new Verdict(state, reason, Optional.of(id), Optional.of(sha256));
  }

  private Activity activity(Verdict verdict, SourceFile file, FitReport report, Instant start) {
    String id = verdict.activityId().orElseThrow();
    String sportType =
        ledger
            .read()
            .sql("select sport_type from activity where id = ?")
            .param(id)
            .query(String.class)
            .optional()
            .orElseGet(() -> SportTypes.of(file.row().map(ExportRow::type), report.sport()));
    return new Activity(
        id,
        athleteId,
        file.row().map(ExportRow::name).orElse("").replace("\0", ""),
        sportType,
        start,
        report.startLocal().orElseGet(() -> LocalDateTime.ofInstant(start, ZoneId.systemDefault())),
        false,
        clock.instant(),
        MissingNode.getInstance());
  }

  private void deliver(
      Import run,
      SourceFile file,
      ReceivedFile received,
      Verdict verdict,
      Activity activity,
      OptionalDouble elapsedTime)
      throws IOException {
    Path kept = KeptExports.file(folder, activity.id());
    Files.move(received.path(), kept, StandardCopyOption.REPLACE_EXISTING);
    ExportedFile export =
        new ExportedFile(kept, run.provenance(), received.size(), received.sha256());
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    NewEvent event =
        NewEvent.request(ORIGIN, Priority.HISTORY, "activity", activity.id(), athleteId, now);
    ledger.write(
        jdbc -> {
          boolean seeded = seed(jdbc, activity, elapsedTime, now);
          KeptExports.keep(jdbc, activity.id(), export, place(activity), now);
          Inbox.insert(jdbc, event, now);
          return run.note(jdbc, file.name(), verdict, Optional.of(id(jdbc, event)), seeded);
        });
    ledger.announce();
  }

  private static boolean seed(
      JdbcClient jdbc, Activity activity, OptionalDouble elapsedTime, Instant now) {
    Integer seconds = elapsedTime.isPresent() ? (int) Math.round(elapsedTime.getAsDouble()) : null;
    return jdbc.sql(SEED)
            .param("id", activity.id())
            .param("athleteId", activity.athleteId())
            .param("sportType", activity.sportType())
            .param("startTime", activity.start().toEpochMilli())
            .param(
                "startLocal", LOCAL.format(activity.startLocal().truncatedTo(ChronoUnit.SECONDS)))
            .param("now", now.toEpochMilli())
            .param("name", activity.name().isEmpty() ? null : activity.name(), Types.VARCHAR)
            .param("elapsedTime", seconds, Types.INTEGER)
            .update()
        == 1;
  }

  private static long id(JdbcClient jdbc, NewEvent event) {
    return jdbc.sql(
            "select id from event where object_id = ? and event_time = ? and object_type = ?"
                + " and aspect = ? and origin = ?")
        .params(
            event.objectId(),
            event.eventTime().toEpochMilli(),
            event.objectType(),
            event.aspect(),
            event.origin())
        .query(Long.class)
        .single();
  }

  /**
   * An activity at Strava goes by {@code fit.file-name}; what has no id of its own, by its start.
   */
  private String place(Activity activity) {
    if (!KnownActivities.isOwn(activity.id())) {
      return "";
    }
    LocalDateTime date =
        utc ? LocalDateTime.ofInstant(activity.start(), ZoneOffset.UTC) : activity.startLocal();
    return DateTimeFormatter.ofPattern("yyyy/MM/").format(date)
        + KnownActivities.name(activity.start())
        + ".fit";
  }
}
