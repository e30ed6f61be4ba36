package io.fitroute.history;

import com.fasterxml.jackson.databind.JsonNode;
import io.fitroute.ledger.SqlText;
import io.fitroute.strava.activity.Activity;
import io.fitroute.strava.api.StravaRefusal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A page of the list of an athlete's activities, and what is already known about its entries. */
final class ListedActivities {

  private static final Logger LOG = LoggerFactory.getLogger(ListedActivities.class);
  private static final String KNOWN = SqlText.named("known-activity");

  /** Strava's maximum. */
  static final int LARGEST_PAGE = 200;

  private ListedActivities() {}

  /** An entry of the list, with the full JSON. */
  record Listed(Activity activity, JsonNode entry) {

    boolean isHidden() {
      return entry.path("private").asBoolean(false)
          || entry.path("visibility").asText().equals("only_me");
    }
  }

  /** Reads a page; entries that are not activities are skipped. */
  static List<Listed> of(Object answer, Instant now) {
    List<Listed> page = new ArrayList<>();
    if (answer instanceof JsonNode list && list.isArray()) {
      for (JsonNode entry : list) {
        try {
          page.add(new Listed(Activity.of(entry, now), entry));
        } catch (StravaRefusal unreadable) {
          LOG.warn("An entry of Strava's list is skipped: {}", unreadable.getMessage());
        }
      }
    }
    return page;
  }

  /**
   * What is known of an activity.
   *
   * @param deleted whether it was deleted at Strava
   * @param pending whether an event of it waits
   * @param state how its last event ended
   * @param reason why it ended so
   */
  record Known(
      boolean delivered,
      boolean deleted,
      boolean pending,
      Optional<String> state,
      String reason,
      Optional<String> sportType,
      Optional<String> name,
      Optional<Boolean> hidden) {

    /** Whether, as far as known, another event would change nothing. */
    boolean isSettled() {
      boolean unwantedThen =
          reason.contains("is not wanted")
              || reason.contains("entered by hand")
              || reason.contains("deleted at Strava");
      return delivered || pending || state.filter("skipped"::equals).isPresent() && !unwantedThen;
    }
  }

  static Known known(JdbcClient jdbc, String id) {
    return jdbc.sql(KNOWN).param("id", id).query(ListedActivities::known).single();
  }

  private static Known known(ResultSet row, int number) throws SQLException {
    Object hidden = row.getObject("private");
    return new Known(
        row.getInt("delivered") == 1,
        row.getInt("deleted") == 1,
        row.getInt("pending") == 1,
        Optional.ofNullable(row.getString("state")),
        Optional.ofNullable(row.getString("reason")).orElse(""),
        Optional.ofNullable(row.getString("sport_type")),
        Optional.ofNullable(row.getString("name")),
        Optional.ofNullable(hidden).map(flag -> ((Number) flag).intValue() == 1));
  }
}
