package io.fitroute.inbox.camel;

import io.fitroute.inbox.EventLog;
import io.fitroute.inbox.Inbox;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/**
 * The Camel component {@code inbox}; takes its {@link Inbox} and {@link EventLog} from the
 * registry.
 */
public final class InboxComponent extends DefaultComponent {

  private Inbox inbox;
  private EventLog eventLog;

  @Override
  protected void doInit() throws Exception {
    super.doInit();
    if (inbox == null) {
      inbox = getCamelContext().getRegistry().findSingleByType(Inbox.class);
    }
    if (eventLog == null) {
      eventLog = getCamelContext().getRegistry().findSingleByType(EventLog.class);
    }
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
    return new InboxEndpoint(uri, this, InboxAction.of(remaining), parameters);
  }

  public Inbox getInbox() {
    return inbox;
  }

  public void setInbox(Inbox inbox) {
    this.inbox = inbox;
  }

  public EventLog getEventLog() {
    return eventLog;
  }

  public void setEventLog(EventLog eventLog) {
    this.eventLog = eventLog;
  }
}
