package io.fitroute.notice;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fitroute.inbox.Event;
import io.fitroute.inbox.Inbox;
import io.fitroute.inbox.NewEvent;
import io.fitroute.inbox.Priority;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What is sent to {@code notify.url}: problems, their resolution, deliveries, changes, deletions
 * and finished backfills. Each is an event of the inbox, so none is lost and each is retried until
 * it is sent.
 */
public final class Announcements {

  private static final String ORIGIN = "fitroute";
  private static final String OBJECT_TYPE = "announcement";
  private static final String KIND = "kind";
  private static final String TEXT = "text";
  private static final String FILES = "files";
  private static final String CHANGES = "changes";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Optional<String> url;
  private final List<String> told;

  /**
   * @param url the receiver; empty to send nothing
   * @param told the kinds to send: {@code problem}, {@code delivered}, {@code updated}, {@code
   *     deleted}
   */
  public Announcements(Optional<String> url, List<String> told) {
    this.url = url;
    this.told = List.copyOf(told);
  }

  /** Sends nothing. */
  public static Announcements none() {
    return new Announcements(Optional.empty(), List.of());
  }

  /** Announces a problem within the transaction that records it. */
  void problem(JdbcClient jdbc, String subject, String detail, Instant now) {
    announce(jdbc, "problem", subject, detail, now);
  }

  /** Announces that a problem is resolved, within the transaction that records it. */
  void mended(JdbcClient jdbc, String subject, Instant now) {
    announce(jdbc, "mended", subject, "mended: " + subject, now);
  }

  private void announce(JdbcClient jdbc, String kind, String subject, String text, Instant now) {
    if (url.isPresent() && told.contains("problem")) {
      Map<String, String> content = Map.of(KIND, kind, TEXT, "fitroute: " + text);
      Inbox.insert(jdbc, event(subject, content, now), now);
    }
  }

  private static NewEvent event(String subject, Map<String, String> content, Instant time) {
    return new NewEvent(
        ORIGIN, Priority.LIVE, 0, OBJECT_TYPE, subject, "create", "", time, new TreeMap<>(content));
  }

  /** Whether a kind is sent, by its name in {@code notify.on}. */
  public boolean isToldOf(String what) {
    return url.isPresent() && told.contains(what);
  }

  /** Announces the end of a backfill within the transaction that records it. */
  public void batch(JdbcClient jdbc, String subject, String text, Instant now) {
    if (isToldOf("delivered")) {
      Map<String, String> content = Map.of(KIND, "batch", TEXT, "fitroute: " + text);
      Inbox.insert(jdbc, event(subject, content, now), now);
    }
  }

  /**
   * The event that announces a change of a delivered activity.
   *
   * @param cause the event that reported the change
   * @param kind {@code updated} or {@code deleted}
   * @param files where its files are or were, as the document's JSON array
   * @param changes field to new value, as a JSON object of the document
   */
  public NewEvent change(Event cause, String kind, String files, String changes) {
    Map<String, String> content = new TreeMap<>();
    content.put(KIND, kind);
    content.put(TEXT, "fitroute: activity " + cause.objectId() + " was " + kind);
    content.put("activity_id", cause.objectId());
    content.put("athlete_id", cause.ownerId());
    content.put(FILES, files);
    content.put(CHANGES, changes);
    return event("activity " + cause.objectId(), content, cause.event().eventTime());
  }

  /**
   * The event that announces a delivery; equal if the same event delivers twice.
   *
   * @param cause the event that led to the delivery
   * @param places where the file is, as text
   * @param files the same as the document's JSON array
   */
  public NewEvent delivered(Event cause, String places, String files) {
    Map<String, String> content = new TreeMap<>();
    content.put(KIND, "delivered");
    content.put(TEXT, "fitroute: activity " + cause.objectId() + " is at " + places);
    content.put("activity_id", cause.objectId());
    content.put("athlete_id", cause.ownerId());
    content.put(FILES, files);
    return event("activity " + cause.objectId(), content, cause.event().eventTime());
  }

  /** Whether there is no receiver, or no longer one. */
  public boolean isNotWanted() {
    return url.isEmpty();
  }

  /** Sets the body to the JSON document for {@code notify.url}. */
  public void address(Exchange exchange, @Variable("event") Event event)
      throws JsonProcessingException {
    ObjectNode document = JSON.createObjectNode();
    document.put(KIND, event.updates().get(KIND));
    document.put("subject", event.objectId());
    document.put(TEXT, event.updates().get(TEXT));
    document.put("time", event.event().eventTime().toString());
    for (Map.Entry<String, String> content : event.updates().entrySet()) {
      if (content.getKey().equals(FILES) || content.getKey().equals(CHANGES)) {
        document.set(content.getKey(), JSON.readTree(content.getValue()));
      } else if (!document.has(content.getKey())) {
        document.put(content.getKey(), content.getValue());
      }
    }
    exchange.getMessage().removeHeaders("*");
    exchange.getMessage().setHeader(Exchange.HTTP_METHOD, "POST");
    exchange.getMessage().setHeader(Exchange.HTTP_URI, url.orElseThrow());
    exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/json");
    exchange.getMessage().setBody(JSON.writeValueAsString(document));
  }

  /**
   * Checks the response.
   *
   * @throws IOException if it is not a success
   */
  public void check(@Header(Exchange.HTTP_RESPONSE_CODE) int status) throws IOException {
    if (status < 200 || status >= 300) {
      throw new IOException("notify.url answered " + status);
    }
  }
}
