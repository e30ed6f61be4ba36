package io.fitroute.cli;

import io.fitroute.settings.Settings;

/** What commands that ask Strava cannot do without. */
final class RequiredSettings {

  private RequiredSettings() {}

  /**
   * The API application.
   *
   * @throws CommandFailure if its id or its secret is not set
   */
  static void application(Settings settings) {
    if (settings.optionalText("strava.client-id").isEmpty()
        || settings.secret("strava.client-secret").isEmpty()) {
      throw CommandFailure.notConfigured(
          "STRAVA_CLIENT_ID and STRAVA_CLIENT_SECRET are not both set: they stand at"
              + " https://www.strava.com/settings/api; put them into .env");
    }
  }
}
