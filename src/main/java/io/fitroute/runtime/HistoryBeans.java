package io.fitroute.runtime;

import io.fitroute.history.EventSource;
import io.fitroute.history.History;
import io.fitroute.history.Polling;
import io.fitroute.ledger.Ledger;
import io.fitroute.notice.Announcements;
import io.fitroute.settings.Settings;
import io.fitroute.strava.activity.Activities;
import java.time.Clock;
import org.apache.camel.main.Main;

/** What routes name of what no webhook told. */
record HistoryBeans(Main main, Settings settings, Ledger ledger, Clock clock) {

  void bind(Activities activities, Announcements announcements) {
    main.bind(
        "polling",
        new Polling(
            ledger,
            EventSource.of(ledger, settings, clock),
            activities,
            settings.duration("reconcile.look-back"),
            clock));
    main.bind("history", new History(ledger, activities, announcements, clock));
  }
}
