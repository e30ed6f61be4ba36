package io.fitroute.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fitroute.inbox.Event;
import io.fitroute.inbox.NewEvent;
import io.fitroute.notice.Announcements;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Variable;

/** Tells of deliveries, where that is wanted. */
public final class DeliveryNews {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Announcements announcements;
  private final Deliveries deliveries;

  public DeliveryNews(Announcements announcements, Deliveries deliveries) {
    this.announcements = announcements;
    this.deliveries = deliveries;
  }

  /** Whether deliveries are told. */
  public boolean isWanted() {
    return announcements.isToldOfDeliveries();
  }

  /** What there is to tell of the delivery that an event led to. */
  public NewEvent of(@Variable("event") Event event) throws JsonProcessingException {
    List<Map<String, Object>> files =
        deliveries.of(event.objectId()).stream().map(DeliveryNews::file).toList();
    return announcements.delivered(event, deliveries.places(event), JSON.writeValueAsString(files));
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
