package io.fitroute.chaos;

import java.util.Optional;

/**
 * A promise that was broken.
 *
 * @param promise which
 * @param activity the activity it happened to, where it is about one
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
