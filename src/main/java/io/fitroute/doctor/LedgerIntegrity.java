package io.fitroute.doctor;

import io.fitroute.ledger.Ledger;
import io.fitroute.ledger.LedgerUnavailable;
import io.fitroute.runtime.CannotStart;
import io.fitroute.runtime.LedgerFile;
import io.fitroute.settings.Settings;
import io.fitroute.text.Plain;
import java.util.Optional;
import org.springframework.dao.DataAccessException;

/** Checks that the ledger can be read and is not damaged. */
record LedgerIntegrity(Settings settings) {

  private static final String SUBJECT = "ledger";
  private static final String WHOLE = "ok";

  Finding examine() {
    String place = settings.text("database.url").replaceFirst("\\?.*", "");
    try {
      Optional<Ledger> ledger = LedgerFile.openExisting(settings);
      if (ledger.isEmpty()) {
        return Finding.good(SUBJECT, place + " is created at the first start");
      }
      try (Ledger open = ledger.get()) {
        String answer = answer(open, place.startsWith("jdbc:sqlite:"));
        return answer.equals(WHOLE)
            ? Finding.good(SUBJECT, "whole, at " + place)
            : trouble(place + " is damaged: " + answer);
      }
    } catch (LedgerUnavailable | CannotStart e) {
      return trouble(e.getMessage());
    } catch (DataAccessException e) {
      return trouble(place + " cannot be read: " + e.getMostSpecificCause().getMessage());
    }
  }

  private static String answer(Ledger ledger, boolean sqlite) {
    return sqlite
        ? ledger.read().sql("pragma quick_check(1)").query(String.class).single()
        : ledger.read().sql("select '" + WHOLE + "'").query(String.class).single();
  }

  private static Finding trouble(String what) {
    return Finding.trouble(
        SUBJECT,
        Plain.line(what),
        "It holds the events, the tokens and the deliveries; without it nothing works.",
        "If it is inaccessible, give this user access. If it is damaged, stop the service"
            + " and restore the last backup of data.dir.");
  }
}
