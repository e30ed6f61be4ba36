package io.fitroute.hevy;

import com.fasterxml.jackson.databind.JsonNode;
import io.fitroute.inbox.NewEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/**
 * Hevy's feed of changes, newest first: new and edited workouts, and deletions, page by page. A
 * change made meanwhile shifts others to later pages, so none is missed.
 */
public final class WorkoutFeed {

  private static final int MOST_PAGES = 1000;

  /**
   * The state of reading the feed: the next page to request, and the changes so far, oldest first.
   */
  public static final class Reading {
    private final Instant since;
    private final List<NewEvent> events = new ArrayList<>();
    private int page = 1;
    private boolean open = true;

    private Reading(Instant since) {
      this.since = since;
    }

    public boolean isOpen() {
      return open;
    }

    public String getResource() {
      return "workouts/events?since=" + since + "&page=" + page + "&pageSize=10";
    }

    public List<NewEvent> getEvents() {
      return events;
    }
  }

  public Reading begin(@Variable("since") Instant since) {
    return new Reading(since);
  }

  /** Reads a page. */
  public void read(@Variable("reading") Reading reading, @Body JsonNode answer) {
    for (JsonNode change : answer.path("events")) {
      event(change).ifPresent(event -> reading.events.add(0, event));
    }
    reading.open =
        reading.page < Math.min(MOST_PAGES, answer.path("page_count").asInt())
            && !answer.path("events").isEmpty();
    reading.page++;
  }

  /** Records that there is no further page. */
  public void end(@Variable("reading") Reading reading) {
    reading.open = false;
  }

  /** Empty for an unknown kind of change. */
  private static Optional<NewEvent> event(JsonNode change) {
    return switch (change.path("type").asText()) {
      case "updated" -> event(change.path("workout"), "updated_at", "update");
      case "deleted" -> event(change, "deleted_at", "delete");
      default -> Optional.empty();
    };
  }

  private static Optional<NewEvent> event(JsonNode node, String time, String aspect) {
    Instant when = Workouts.time(node, time).orElse(Instant.EPOCH);
    return Workouts.id(node, "id").map(id -> WorkoutWebhook.event(id, aspect, when));
  }
}
