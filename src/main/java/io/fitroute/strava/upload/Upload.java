package io.fitroute.strava.upload;

import io.fitroute.inbox.NewEvent;
import io.fitroute.inbox.Priority;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;

/**
 * A file to be uploaded to Strava.
 *
 * @param sha256 the hash of the uncompressed file, in lower-case hexadecimal
 * @param name the file name, without folders
 * @param dataType Strava's name for the format, such as {@code fit} or {@code gpx.gz}
 * @param resent whether it was sent before, so that a duplicate reported by Strava may be this file
 *     itself
 * @param looks how often Strava has been asked for its status
 * @param uploadId Strava's ID of the upload; empty while there is none
 * @param activityId the activity that it became or duplicates; empty while unknown
 * @param reason Strava's error message; empty if there is none
 * @param askedAt when the upload was requested, which is the time of its event
 * @param sentAt when it was last sent; 1970 if never
 * @param lookedAt when Strava last reported its status; 1970 if never
 */
public record Upload(
    String athleteId,
    String sha256,
    String name,
    String dataType,
    State state,
    boolean resent,
    int looks,
    String uploadId,
    String activityId,
    String reason,
    Instant askedAt,
    Instant sentAt,
    Instant lookedAt) {

  /** The origin and the object type of upload events. */
  public static final String ORIGIN = "upload";

  /** The state of an upload. */
  public enum State {
    WAITING,
    /** Being sent. If that was interrupted, it is unknown whether Strava has the file. */
    SENDING,
    PROCESSING,
    READY,
    DUPLICATE,
    FAILED,
    /** The activity was deleted at Strava. */
    DELETED,
    NOT_PERMITTED;

    private static final Set<State> UNFINISHED = Set.of(WAITING, SENDING, PROCESSING);

    /** The name in the ledger and in reports, such as {@code not-permitted}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static State of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
  }

  public boolean isFinished() {
    return !State.UNFINISHED.contains(state);
  }

  /** Whether Strava has an activity for the file. */
  public boolean isAtStrava() {
    return state == State.READY || state == State.DUPLICATE;
  }

  /** The event that triggers the upload. */
  public NewEvent request() {
    return NewEvent.request(ORIGIN, Priority.MANUAL, ORIGIN, sha256, athleteId, askedAt);
  }

  /** The event that triggers the delivery of its activity, from this file if it is the original. */
  public NewEvent delivery() {
    return NewEvent.request(ORIGIN, Priority.MANUAL, "activity", activityId, athleteId, lookedAt);
  }
}
