package io.fitroute.inbox;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/**
 * The Camel component {@code inbox}; its one {@link Inbox} and {@link Story} are beans in the
 * registry.
 */
public final class InboxComponent extends DefaultComponent {

  private Inbox inbox;
  private Story story;

  @Override
  protected void doInit() throws Exception {
    super.doInit();
    if (inbox == null) {
      inbox = getCamelContext().getRegistry().findSingleByType(Inbox.class);
    }
    if (story == null) {
      story = getCamelContext().getRegistry().findSingleByType(Story.class);
    }
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
    return new InboxEndpoint(uri, this, Operation.of(remaining), parameters);
  }

  public Inbox getInbox() {
    return inbox;
  }

  public void setInbox(Inbox inbox) {
    this.inbox = inbox;
  }

  public Story getStory() {
    return story;
  }

  public void setStory(Story story) {
    this.story = story;
  }
}
