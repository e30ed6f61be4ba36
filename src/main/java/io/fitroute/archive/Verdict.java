package io.fitroute.archive;

import io.fitroute.archive.Import.State;
import java.util.Optional;

/**
 * What becomes of a file.
 *
 * @param reason why it is not imported; else empty
 * @param activityId whose file it is, as far as that is known
 * @param sha256 of the file as it was found, unpacked; empty if it was not read
 */
public record Verdict(
    State state, String reason, Optional<String> activityId, Optional<String> sha256) {

  static Verdict of(State state, String reason) {
    return new Verdict(state, reason, Optional.empty(), Optional.empty());
  }

  /** The same file with another outcome. */
  Verdict but(State other, String why) {
    return new Verdict(other, why, activityId, sha256);
  }

  /** Whether an event is to deliver it. */
  public boolean isDelivered() {
    return state == State.IMPORTED || state == State.UPGRADED || state == State.CONVERTED;
  }
}
