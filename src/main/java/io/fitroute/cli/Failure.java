package io.fitroute.cli;

import io.fitroute.cli.report.ExitCode;
import io.fitroute.cli.report.LocalTimes;
import io.fitroute.ledger.LedgerUnavailable;
import io.fitroute.runtime.CannotStart;
import io.fitroute.settings.InvalidSetting;
import io.fitroute.strava.oauth.ConnectRefused;
import io.fitroute.strava.subscription.SubscriptionRefused;
import io.fitroute.vault.UnreadableSecret;

/**
 * The message of a command that failed.
 *
 * @param message one line
 * @param exitCode an {@link ExitCode}
 */
record Failure(String message, int exitCode) {

  static Failure of(Exception exception) {
    if (exception instanceof CommandFailure foreseen) {
      return new Failure(foreseen.getMessage(), foreseen.exitCode());
    }
    if (exception instanceof InvalidSetting
        || exception instanceof ConnectRefused
        || exception instanceof SubscriptionRefused
        || exception instanceof UnreadableSecret) {
      return new Failure(exception.getMessage(), ExitCode.NOT_CONFIGURED);
    }
    if (exception instanceof CannotStart refused) {
      return new Failure(
          refused.getMessage(), refused.isBySetting() ? ExitCode.NOT_CONFIGURED : ExitCode.FAILED);
    }
    if (exception instanceof LedgerUnavailable) {
      return new Failure(exception.getMessage(), ExitCode.FAILED);
    }
    String firstLine = exception.toString().lines().findFirst().orElse("");
    return new Failure("unexpected " + firstLine + " (--debug shows where)", ExitCode.FAILED);
  }

  /** The line for standard error. */
  String line() {
    return "fitroute: " + LocalTimes.in(message);
  }
}
