package io.fitroute.runtime;

import io.fitroute.hevy.LedgerWorkouts;
import io.fitroute.hevy.WorkoutWebhook;
import io.fitroute.ledger.Ledger;
import io.fitroute.settings.Settings;
import java.time.Clock;
import org.apache.camel.main.Main;

/** The beans for Hevy that need the ledger; on AWS Lambda others replace them. */
record HevyBeans(Main main, Settings settings, Ledger ledger, Clock clock) {

  void bind() {
    boolean watched = settings.secret("hevy.api-key").isPresent();
    main.bind("syncedWorkouts", new LedgerWorkouts(ledger, watched, clock));
    main.bind("workoutWebhook", new WorkoutWebhook(WorkoutWebhook.token(settings), clock));
  }
}
