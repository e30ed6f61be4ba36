package io.fitroute.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fitroute.inbox.Event;
import io.fitroute.inbox.NewEvent;
import io.fitroute.inbox.Priority;
import io.fitroute.notice.Announcements;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Variable;

/** Announces deliveries to those who asked for it. */
public final class DeliveryNews {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Announcements announcements;
  private final Deliveries deliveries;

  public DeliveryNews(Announcements announcements, Deliveries deliveries) {
    this.announcements = announcements;
    this.deliveries = deliveries;
  }

  /** Whether the delivery of an event is reported; a backfill reports only its end. */
  public boolean isWanted(@Variable("event") Event event) {
    return event.priority() != Priority.HISTORY && announcements.isToldOf("delivered");
  }

  /** Whether a change of a delivered activity is reported. */
  public boolean isChangeWanted(@Variable("news") String news) {
    return announcements.isToldOf(news);
  }

  /** The announcement of the change. */
  public NewEvent ofChange(@Variable("event") Event event, @Variable("news") String news)
      throws JsonProcessingException {
    return announcements.change(
        event, news, files(event), JSON.writeValueAsString(event.updates()));
  }

  /** The announcement of the delivery that this event led to. */
  public NewEvent of(@Variable("event") Event event) throws JsonProcessingException {
    return announcements.delivered(event, deliveries.places(event), files(event));
  }

  private String files(Event event) throws JsonProcessingException {
    return JSON.writeValueAsString(
        deliveries.of(event.objectId()).stream().map(DeliveryNews::file).toList());
  }

  private static Map<String, Object> file(Delivery delivery) {
    Map<String, Object> file = new LinkedHashMap<>();
    file.put("sink", delivery.sink());
    file.put("path", delivery.path());
    file.put("provenance", delivery.provenance());
    file.put("size", delivery.size());
    file.put("sha256", delivery.sha256());
    return file;
  }
}
