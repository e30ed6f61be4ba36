package io.fitroute.export;

import java.time.Instant;
import java.util.Optional;

/** One export has no file to give; the next in the chain may. */
public final class ExportRefused extends RuntimeException {

  /**
   * What kind of refusal it is. If no other export helps, the first of these that there is decides
   * what becomes of the event.
   */
  public enum Kind {
    /** It may well work the next time. */
    PASSING,
    /** What it takes is not there yet, and is worth waiting for. */
    NOT_READY,
    /** There is nothing of which a file could be made, and there will not be. */
    NOTHING,
    /** What came is neither valid FIT nor anything known. */
    UNUSABLE,
    /** The credential cannot export; another one may. */
    CREDENTIAL,
    /** Another service may have it soon; a fresh event waits for that. */
    EXPECTED,
    /** There is no such file, or not yet. */
    ABSENT,
    /** There is a file, but it is not FIT. */
    FOREIGN
  }

  private final Kind kind;
  private final Instant until;

  public ExportRefused(Kind kind, String reason) {
    this(kind, reason, null);
  }

  /** A refusal that holds until a time. */
  public ExportRefused(Kind kind, String reason, Instant until) {
    super(reason);
    this.kind = kind;
    this.until = until;
  }

  public Kind kind() {
    return kind;
  }

  /** Until when it is of no use to ask again, where that is known. */
  public Optional<Instant> until() {
    return Optional.ofNullable(until);
  }
}
