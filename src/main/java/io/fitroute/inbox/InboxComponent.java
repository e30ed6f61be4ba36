package io.fitroute.inbox;

import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.ExecutorServiceManager;
import org.apache.camel.support.DefaultComponent;

/**
 * The Camel component {@code inbox}; its one {@link Inbox} and {@link Story} are beans in the
 * registry.
 */
public final class InboxComponent extends DefaultComponent {

  private Inbox inbox;
  private Story story;
  private ExecutorService answering;
  private ExecutorService sorting;
  private Sorter sorter;
  private Reception reception;

  @Override
  protected void doInit() throws Exception {
    super.doInit();
    if (inbox == null) {
      inbox = getCamelContext().getRegistry().findSingleByType(Inbox.class);
    }
    if (story == null) {
      story = getCamelContext().getRegistry().findSingleByType(Story.class);
    }
    ExecutorServiceManager threads = getCamelContext().getExecutorServiceManager();
    answering = threads.newSingleThreadExecutor(this, "accepted");
    sorting = threads.newSingleThreadExecutor(this, "sorter");
    sorter = new Sorter(inbox);
    reception =
        new Reception(
            inbox.arrivals(), inbox.clock(), AcceptProducer.LONGEST_WAIT, answering, this::stored);
  }

  private void stored(Arrivals.Sorted sorted) {
    if (inbox.count(sorted)) {
      sorter.wake();
    }
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    sorter.begin(sorting, reception);
  }

  @Override
  protected void doStop() throws Exception {
    sorter.stop();
    ExecutorServiceManager threads = getCamelContext().getExecutorServiceManager();
    threads.shutdownGraceful(sorting);
    threads.shutdown(answering);
    super.doStop();
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
      throws Exception {
    InboxEndpoint endpoint = new InboxEndpoint(uri, this, Operation.of(remaining));
    setProperties(endpoint, parameters);
    return endpoint;
  }

  public Inbox getInbox() {
    return inbox;
  }

  public void setInbox(Inbox inbox) {
    this.inbox = inbox;
  }

  Reception reception() {
    return reception;
  }

  public Story getStory() {
    return story;
  }

  public void setStory(Story story) {
    this.story = story;
  }
}
