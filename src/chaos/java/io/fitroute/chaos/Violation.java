package io.fitroute.chaos;

import java.util.Optional;

/**
 * A broken promise.
 *
 * @param promise the promise
 * @param activity the activity concerned, if any
 * @param finding what was found
 */
record Violation(Promise promise, Optional<String> activity, String finding) {

  static Violation of(Promise promise, String finding) {
    return new Violation(promise, Optional.empty(), finding);
  }

  static Violation of(Promise promise, long activity, String finding) {
    return new Violation(promise, Optional.of(Long.toString(activity)), finding);
  }
}
