package io.fitroute.strava.upload;

import io.fitroute.inbox.NewEvent;
import io.fitroute.inbox.Priority;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;

/**
 * A file that somebody wants at Strava.
 *
 * @param sha256 of the unpacked file, in lower-case hexadecimal
 * @param name of the file, without folders
 * @param dataType as Strava names it, such as {@code fit} or {@code gpx.gz}
 * @param resent whether Strava may have received it before, so that a duplicate may be this file
 * @param looks how often Strava has been asked about it
 * @param uploadId Strava's number of the upload; empty while there is none
 * @param activityId what it has become, or duplicates; empty while that is not known
 * @param reason what Strava said against it; empty if nothing
 * @param askedAt when somebody asked for it, which is the time of its event
 * @param sentAt when it was last sent; 1970 if never
 * @param lookedAt when Strava last said something about it; 1970 if never
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

  /** The origin of the events about uploads, and the type of their object. */
  public static final String ORIGIN = "upload";

  /** How far an upload has come. */
  public enum State {
    WAITING,
    /** On its way; if that was interrupted, nobody knows whether Strava has it. */
    SENDING,
    PROCESSING,
    READY,
    DUPLICATE,
    FAILED,
    /** The activity was deleted at Strava. */
    DELETED,
    NOT_PERMITTED;

    private static final Set<State> UNFINISHED = Set.of(WAITING, SENDING, PROCESSING);

    /** Such as {@code not-permitted}. */
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

  /** Whether it is one of the athlete's activities now. */
  public boolean isAtStrava() {
    return state == State.READY || state == State.DUPLICATE;
  }

  /** The event that has it uploaded. */
  public NewEvent request() {
    return NewEvent.request(ORIGIN, Priority.MANUAL, ORIGIN, sha256, athleteId, askedAt);
  }

  /** The event that has its activity delivered, from this file if that is its original. */
  public NewEvent delivery() {
    return NewEvent.request(ORIGIN, Priority.MANUAL, "activity", activityId, athleteId, lookedAt);
  }
}
