package io.fitroute.archive;

import com.fasterxml.jackson.databind.node.MissingNode;
import io.fitroute.archive.Import.State;
import io.fitroute.conversion.CannotConvert;
import io.fitroute.delivery.KeptExports;
import io.fitroute.export.ExportedFile;
import io.fitroute.fit.FileReceiver;
import io.fitroute.fit.FitCheck;
import io.fitroute.fit.FitReport;
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
import io.fitroute.strava.export.streams.SportTable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;
import java.util.zip.ZipException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Imports files one at a time: decompresses and checks each file, finds its activity, and puts an
 * event for its delivery into the inbox. The file's record, the result and the event are written in
 * one transaction, so a run can be killed at any point. Not safe for use by several threads.
 */
public final class Intake {

  /** The origin of import events. */
  public static final String ORIGIN = "import";

  private static final String CONVERTED = "converted";
  private static final FitCheck CHECK = new FitCheck();

  private static final int MOST_WAITING = 50;
  private static final Pattern NAMED_ACTIVITY = Pattern.compile("(?i)[.](fit|gpx|tcx)([.]gz)?$");
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9]{1,64}");
  private static final String SEED = SqlText.named("seed-imported-activity");
  private static final String WAITING = SqlText.named("kept-exports-on-the-way");
  private static final DateTimeFormatter LOCAL = DateTimeFormatter.ISO_LOCAL_DATE_TIME;

  private final Ledger ledger;
  private final Activities activities;
  private final Path folder;
  private final FileReceiver receiver;
  private final boolean utc;
  private final boolean converts;
  private final boolean keepsForeign;
  private final String athleteId;
  private final Clock clock;
  private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

  /**
   * @param folder where files are kept until they are delivered
   * @param athleteId the athlete the files belong to; empty if unknown
   */
  public Intake(Settings settings, Ledger ledger, Path folder, String athleteId, Clock clock) {
    this.ledger = ledger;
    this.activities = Activities.of(ledger, settings, clock);
    this.folder = folder;
    this.receiver = new FileReceiver(CHECK, settings.bytes("export.max-size"));
    this.utc = settings.choice("fit.calendar").equals("utc");
    this.converts = settings.choice("import.convert").equals("true");
    this.keepsForeign = settings.choice("fit.keep-foreign-originals").equals("true");
    this.athleteId = athleteId;
    this.clock = clock;
  }

  /**
   * The number of files that may be imported before others are delivered. The limit prevents a
   * second copy of the whole archive on disk.
   */
  public int room() {
    return MOST_WAITING - ledger.read().sql(WAITING).query(Integer.class).single();
  }

  /**
   * Imports a file and records the result. A file to be delivered is durable only after the next
   * call or {@link #finish}.
   *
   * @throws IOException if the file cannot be stored; nothing is recorded then
   */
  public Verdict take(Import run, SourceFile file) throws IOException {
    Verdict verdict = read(run, file, true);
    if (!verdict.isDelivered()) {
      ledger.note(jdbc -> run.note(jdbc, file.name(), verdict, Optional.empty(), false));
    }
    return verdict;
  }

  /** Waits until the last file's record is on disk. */
  public void finish() {
    try {
      last.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException known ? known : e;
    }
  }

  /** Returns the result that {@link #take} would have now, without changing anything. */
  public Verdict examine(Import run, SourceFile file) throws IOException {
    return read(run, file, false);
  }

  private Verdict read(Import run, SourceFile file, boolean takes) throws IOException {
    Optional<String> obstacle = file.obstacle().or(() -> leftOut(file));
    if (obstacle.isPresent()) {
      return Verdict.of(State.SKIPPED, obstacle.get());
    }
    Path target = folder.resolve("kept-import-" + run.id());
    Path converted = folder.resolve("kept-import-" + run.id() + ".fit");
    try (InputStream bytes = file.content().open()) {
      Found found = Found.of(receiver.receive(bytes, target), converted, converts);
      finish(); // this file was read while the previous one was written to disk
      return judged(run, file, found, takes);
    } catch (UnacceptableFile e) {
      boolean isNamed = file.row().isPresent() || NAMED_ACTIVITY.matcher(file.name()).find();
      return Verdict.of(isNamed || isDamaged(e) ? State.BROKEN : State.SKIPPED, e.getMessage());
    } catch (CannotConvert e) {
      return Verdict.of(State.SKIPPED, e.getMessage());
    } catch (NoSuchFileException | AccessDeniedException e) {
      if (Path.of(e.getFile()).startsWith(folder)) {
        throw e;
      }
      return Verdict.of(State.BROKEN, "it no longer exists, or may not be read");
    } catch (ZipException | EOFException e) {
      return Verdict.of(State.BROKEN, "it cannot be read: " + e.getMessage());
    } finally {
      Files.deleteIfExists(target);
      Files.deleteIfExists(converted);
    }
  }

  /** Why a file is skipped unread, if its sport in the table is not wanted. */
  private Optional<String> leftOut(SourceFile file) {
    return file.row()
        .flatMap(row -> SportTable.named(row.type()))
        .flatMap(activities::unwanted)
        .map(Intake::unwanted);
  }

  private static String unwanted(String sportType) {
    return sportType + " is not wanted (strava.sport-types)";
  }

  private static boolean isDamaged(UnacceptableFile refusal) {
    return switch (refusal.kind()) {
      case HTML, EMPTY, UNKNOWN -> false;
      case TRUNCATED, CORRUPT, TOO_LARGE -> true;
    };
  }

  private Verdict judged(Import run, SourceFile file, Found found, boolean takes)
      throws IOException {
    if (found.obstacle().isPresent()) {
      return Verdict.of(State.SKIPPED, found.obstacle().get());
    }
    Verdict verdict = verdict(file, found);
    if (!verdict.isDelivered()) {
      return verdict;
    }
    Activity activity = activity(verdict.activityId().orElseThrow(), file, found.report());
    Optional<String> leftOut = activities.leftOut(activity).map(Intake::unwanted);
    if (leftOut.isPresent()) {
      return verdict.but(State.SKIPPED, leftOut.get());
    }
    if (takes) {
      deliver(run, file, found, verdict, activity);
    }
    return verdict;
  }

  private Verdict verdict(SourceFile file, Found found) {
    JdbcClient jdbc = ledger.read();
    List<String> same = KnownActivities.withContent(jdbc, found.sha256());
    Optional<String> id = file.row().map(ExportRow::id);
    Optional<String> other =
        same.stream()
            .filter(one -> id.isEmpty() || !one.equals(id.get()) && !KnownActivities.isOwn(one))
            .findFirst();
    if (other.isPresent()) {
      String reason = "activity " + other.get() + " has the same file";
      return new Verdict(State.KNOWN, reason, other, Optional.of(found.sha256()));
    }
    String activityId =
        id.or(() -> KnownActivities.matching(jdbc, found.report()))
            .orElseGet(() -> KnownActivities.ownId(found.sha256()));
    Verdict verdict =
        new Verdict(
            found.isConverted() ? State.CONVERTED : State.IMPORTED,
            "",
            Optional.of(activityId),
            Optional.of(found.sha256()));
    if (Rows.any(jdbc, "select count(*) from kept_export where activity_id = ?", activityId)) {
      return verdict.but(State.KNOWN, "a file of activity " + activityId + " is being delivered");
    }
    List<String> provenances =
        jdbc.sql("select provenance from delivery where activity_id = ?")
            .param(activityId)
            .query(String.class)
            .list();
    if (same.contains(activityId)
        || !provenances.isEmpty() && (found.isConverted() || !provenances.contains("streams"))) {
      return verdict.but(State.KNOWN, "activity " + activityId + " has its file already");
    }
    return provenances.isEmpty() ? verdict : verdict.but(State.UPGRADED, "");
  }

  private Activity activity(String id, SourceFile file, FitReport report) {
    Instant start = report.startTime().orElseThrow();
    String sportType =
        ledger
            .read()
            .sql("select sport_type from activity where id = ?")
            .param(id)
            .query(String.class)
            .optional()
            .or(() -> file.row().flatMap(row -> SportTable.named(row.type())))
            .or(() -> report.sport().flatMap(SportTable::sportType))
            .or(() -> file.row().map(ExportRow::type).filter(WORD.asMatchPredicate()))
            .orElse("unknown");
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

  private void deliver(Import run, SourceFile file, Found found, Verdict verdict, Activity activity)
      throws IOException {
    Path kept = KeptExports.file(folder, activity.id());
    Files.move(found.fit(), kept, StandardCopyOption.REPLACE_EXISTING);
    if (found.isConverted() && keepsForeign) {
      Files.move(
          found.received().path(),
          KeptExports.foreignFile(folder, activity.id(), found.received().format()),
          StandardCopyOption.REPLACE_EXISTING);
    }
    ExportedFile export =
        found.isConverted()
            ? ExportedFile.measured(kept, CONVERTED)
            : new ExportedFile(kept, run.provenance(), found.received().size(), found.sha256());
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    NewEvent event =
        NewEvent.request(ORIGIN, Priority.HISTORY, "activity", activity.id(), athleteId, now);
    last =
        ledger
            .submit(
                jdbc -> {
                  boolean seeded = seed(jdbc, activity, found.report().elapsedTime(), now);
                  KeptExports.keep(jdbc, activity.id(), export, place(activity), now);
                  Inbox.insert(jdbc, event, now);
                  return run.note(jdbc, file.name(), verdict, Optional.of(id(jdbc, event)), seeded);
                })
            .thenRun(ledger::announce);
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
   * The path below a sink: empty for an activity with a Strava ID, which uses {@code
   * fit.file-name}; otherwise named by its start.
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
