package io.fitroute.archive;

import io.fitroute.archive.Import.State;
import java.util.Optional;

/**
 * The decision about a file.
 *
 * @param reason why it is not imported; otherwise empty
 * @param activityId the activity of the file; empty if unknown
 * @param sha256 the hash of the original file, uncompressed; empty if it was not read
 */
public record Verdict(
    State state, String reason, Optional<String> activityId, Optional<String> sha256) {

  static Verdict of(State state, String reason) {
    return new Verdict(state, reason, Optional.empty(), Optional.empty());
  }

  /** A copy with a different state and reason. */
  Verdict but(State other, String why) {
    return new Verdict(other, why, activityId, sha256);
  }

  /** Whether the file will be delivered. */
  public boolean isDelivered() {
    return state == State.IMPORTED || state == State.UPGRADED || state == State.CONVERTED;
  }
}
