package io.fitroute.strava.upload;

import com.fasterxml.jackson.databind.JsonNode;
import io.fitroute.inbox.Event;
import io.fitroute.ledger.Rows;
import io.fitroute.strava.api.ApiError;
import io.fitroute.strava.api.ApiResponses;
import io.fitroute.strava.api.Budget;
import io.fitroute.strava.api.RateLimitExceeded;
import io.fitroute.strava.api.StravaRefusal;
import io.fitroute.strava.upload.Upload.State;
import io.fitroute.text.Plain;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.apache.hc.client5.http.entity.mime.MultipartEntityBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Prepares the requests of an upload and interprets Strava's responses. Strava processes an upload
 * asynchronously, in 8 s on average, and reports {@code error}, {@code activity_id} and {@code
 * status}.
 */
public final class UploadRequests {

  private static final String AT_ONCE =
      "select count(*) from upload where athlete_id = ? and sha256 <> ? and sent_at > ?"
          + " and state in ('sending', 'processing')";
  private static final String SENT =
      "select sent_at from (select sent_at from upload where athlete_id = ? and sha256 <> ?"
          + " and sent_at > ? order by sent_at desc limit ?) latest order by sent_at";

  /**
   * The uploads that were requested earlier and still wait. They are counted so that each one
   * resumes at a different time.
   */
  private static final String BEFORE =
      "select count(*) from upload where athlete_id = ? and asked_at < ? and state = 'waiting'";

  /** Such as {@code duplicate of <a href='/activities/123'>Morning Run</a>}. */
  private static final Pattern DUPLICATE =
      Pattern.compile("(?i)duplicate of (?:<a [^>]*/activities/|activity )([0-9]{1,19})");

  /** Statuses that mean that the file itself is rejected. */
  private static final Set<Integer> UNACCEPTABLE = Set.of(400, 413, 415, 422);

  private static final int TIMEOUT = 408;
  private static final int CREATED = 201;
  private static final int LONGEST_REASON = 300;
  private static final Duration DAY = Duration.ofDays(1);

  /** The wait before a file that may have arrived at Strava is sent again. */
  private static final Duration IN_DOUBT = Duration.ofSeconds(10);

  private static final Duration ROOM_SOON = Duration.ofSeconds(3);
  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final Uploads uploads;
  private final Budget budget;
  private final ApiResponses apiResponses;
  private final int atOnce;
  private final int perDay;
  private final Duration giveUpAfter;
  private final Clock clock;

  /**
   * @param atOnce the maximum number of an athlete's uploads that Strava processes at once
   * @param perDay the maximum number of files sent per athlete within 24 hours
   * @param giveUpAfter how long the status of an upload is requested
   */
  public UploadRequests(
      Uploads uploads,
      Budget budget,
      ApiResponses apiResponses,
      int atOnce,
      int perDay,
      Duration giveUpAfter,
      Clock clock) {
    this.uploads = uploads;
    this.budget = budget;
    this.apiResponses = apiResponses;
    this.atOnce = atOnce;
    this.perDay = perDay;
    this.giveUpAfter = giveUpAfter;
    this.clock = clock;
  }

  /**
   * The upload of an event.
   *
   * @throws IllegalStateException if there is none
   */
  public Upload find(@Variable("event") Event event) {
    return uploads
        .find(event.ownerId(), event.objectId())
        .orElseThrow(() -> new IllegalStateException("there is no such upload"));
  }

  private record Wait(Instant until, String why) {}

  /**
   * Records that a file is being sent. If the upload must wait, sets the variables {@code why} and
   * {@code until} instead.
   *
   * @throws RateLimitExceeded if the API budget is used up
   */
  public void begin(Exchange exchange, @Variable("upload") Upload upload) {
    Optional<Wait> wait = uploads.begin(upload, jdbc -> objection(jdbc, upload));
    if (wait.isPresent()) {
      postpone(exchange, wait.get());
      return;
    }
    try {
      budget.admitUpload(exchange);
    } catch (RateLimitExceeded e) {
      uploads.notTaken(upload);
      throw e;
    }
  }

  private Optional<Wait> objection(JdbcClient jdbc, Upload upload) {
    Instant now = clock.instant();
    Instant certain = upload.sentAt().plus(IN_DOUBT);
    if (upload.state() == State.SENDING && certain.isAfter(now)) {
      return Optional.of(new Wait(certain, "Strava may have received it; it is sent again if not"));
    }
    String athlete = upload.athleteId();
    long before = Rows.count(jdbc, BEFORE, athlete, upload.askedAt().toEpochMilli());
    List<Long> sent =
        jdbc.sql(SENT)
            .params(athlete, upload.sha256(), now.minus(DAY).toEpochMilli(), perDay)
            .query(Long.class)
            .list();
    if (sent.size() == perDay) {
      Instant slot = Instant.ofEpochMilli(sent.get((int) (before % perDay)));
      return Optional.of(
          new Wait(
              slot.plus(DAY.multipliedBy(1 + before / perDay)),
              perDay + " files were uploaded within 24 hours (upload.per-day)"));
    }
    long since = now.minus(giveUpAfter).toEpochMilli();
    if (Rows.count(jdbc, AT_ONCE, athlete, upload.sha256(), since) >= atOnce) {
      Duration turn = ROOM_SOON.multipliedBy(1 + before / atOnce);
      return Optional.of(
          new Wait(
              now.plus(turn.compareTo(LONGEST_PAUSE) < 0 ? turn : LONGEST_PAUSE),
              "Strava is processing " + atOnce + " uploads (upload.at-once)"));
    }
    return Optional.empty();
  }

  private static void postpone(Exchange exchange, Wait wait) {
    exchange.setVariable("why", wait.why());
    exchange.setVariable("until", wait.until());
  }

  /**
   * The request body of an upload.
   *
   * @throws NoSuchFileException if the file was submitted on another machine
   */
  public HttpEntity form(@Variable("upload") Upload upload, @Variable("file") Path file)
      throws NoSuchFileException {
    if (!Files.exists(file)) {
      throw new NoSuchFileException(
          "this machine has no copy of the file; run the same command again to submit it");
    }
    String externalId = "fitroute-" + upload.sha256().substring(0, 16) + "." + upload.dataType();
    return MultipartEntityBuilder.create()
        .addTextBody("data_type", upload.dataType())
        .addTextBody("external_id", externalId)
        .addBinaryBody("file", file.toFile(), ContentType.APPLICATION_OCTET_STREAM, externalId)
        .build();
  }

  /** Records that Strava did not accept the file, if the status says so. */
  public void answered(
      @Header(Exchange.HTTP_RESPONSE_CODE) int status, @Variable("upload") Upload upload) {
    if (status / 100 == 4 && status != TIMEOUT) {
      uploads.notTaken(upload);
    }
  }

  /**
   * Records Strava's response to a sent file.
   *
   * @throws RuntimeException as in {@link ApiResponses#good}, if the response does not concern the
   *     file itself
   */
  public void sent(
      @Header(Exchange.HTTP_RESPONSE_CODE) int status,
      @Body byte[] body,
      @Variable("event") Event event,
      @Variable("upload") Upload upload) {
    ApiError error = ApiError.of(body);
    if (error.names("AccessToken", "", "missing")) {
      uploads.update(upload, State.NOT_PERMITTED, "", "", error.describe());
    } else if (UNACCEPTABLE.contains(status)) {
      uploads.update(upload, State.FAILED, "", "", error.describe());
    } else {
      int good = status == CREATED ? 200 : status;
      looked(apiResponses.read(good, body, upload.athleteId(), event), upload);
    }
  }

  /**
   * Records the status of an upload as reported by Strava.
   *
   * @throws StravaRefusal if the first response has no upload ID
   */
  public void looked(@Body JsonNode answer, @Variable("upload") Upload upload) {
    String id = number(answer, "id");
    if (id.isEmpty() && upload.uploadId().isEmpty()) {
      throw StravaRefusal.without("upload id");
    }
    String activity = number(answer, "activity_id");
    String error = answer.path("error").asText("");
    Matcher duplicate = DUPLICATE.matcher(error);
    if (!activity.isEmpty()) {
      uploads.update(upload, State.READY, id, activity, "");
    } else if (duplicate.find()) {
      uploads.update(upload, State.DUPLICATE, id, duplicate.group(1), "");
    } else if (!error.isBlank()) {
      uploads.update(upload, State.FAILED, id, "", words(error));
    } else if (answer.path("status").asText().contains("deleted")) {
      uploads.update(upload, State.DELETED, id, "", "the activity was deleted at Strava");
    } else {
      uploads.update(upload, State.PROCESSING, id, "", "");
    }
  }

  private static String number(JsonNode answer, String name) {
    long number = answer.path(name).asLong();
    return number > 0 ? Long.toString(number) : "";
  }

  private static String words(String html) {
    String words = Plain.line(html.replaceAll("<[^<>]*>", ""));
    return words.substring(0, Math.min(words.length(), LONGEST_REASON));
  }

  /**
   * Whether {@code giveUpAfter} has passed since the upload was requested or sent, whichever is
   * later.
   */
  public boolean isGivenUp(@Variable("upload") Upload upload) {
    Instant begin = upload.sentAt().isAfter(upload.askedAt()) ? upload.sentAt() : upload.askedAt();
    return begin.plus(giveUpAfter).isBefore(clock.instant());
  }

  /**
   * The time of the next status request. The delay grows by half each time: 2 s, 3 s, 4.5 s and so
   * on, up to 30 s.
   */
  public Instant nextLook(@Variable("upload") Upload upload) {
    double seconds = 2 * Math.pow(1.5, Math.min(upload.looks() - 1, 20));
    return upload.lookedAt().plusMillis((long) Math.min(seconds * 1000, LONGEST_PAUSE.toMillis()));
  }

  /**
   * Sets the variables {@code why} and {@code until} if Strava reported the status less than 1 s
   * ago.
   */
  public void beginLook(Exchange exchange, @Variable("upload") Upload upload) {
    Instant allowed = upload.lookedAt().plus(SHORTEST_PAUSE);
    if (allowed.isAfter(clock.instant())) {
      postpone(exchange, new Wait(allowed, "Strava is processing it"));
    }
  }
}
