package io.fitroute.export;

import java.time.Instant;
import java.util.Optional;

/** One export has no file; the next one may. */
public final class ExportRefused extends RuntimeException {

  /**
   * The kind of refusal. If no export succeeds, the one that occurred and is listed first here
   * decides the outcome.
   */
  public enum Kind {
    /** A retry may succeed. */
    PASSING,
    /** The data is not ready yet and worth waiting for. */
    NOT_READY,
    /** The activity has no data for a file, and never will. */
    NOTHING,
    /** The file is neither valid FIT nor of a known format. */
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

  /** A refusal that is valid until a time. */
  public ExportRefused(Kind kind, String reason, Instant until) {
    super(reason);
    this.kind = kind;
    this.until = until;
  }

  public Kind kind() {
    return kind;
  }

  /** Until when a retry is useless; empty if unknown. */
  public Optional<Instant> until() {
    return Optional.ofNullable(until);
  }
}
