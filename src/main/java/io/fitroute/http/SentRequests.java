package io.fitroute.http;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;

/** Counts the requests that routes send to given servers. */
public final class SentRequests extends EventNotifierSupport {

  private final List<String> servers;
  private final AtomicInteger count = new AtomicInteger();

  public SentRequests(URI... servers) {
    this.servers =
        Arrays.stream(servers).map(uri -> uri.getScheme() + "://" + uri.getAuthority()).toList();
  }

  public int count() {
    return count.get();
  }

  @Override
  public boolean isEnabled(CamelEvent event) {
    return event instanceof CamelEvent.ExchangeSendingEvent;
  }

  @Override
  public void notify(CamelEvent event) {
    String target = ((CamelEvent.ExchangeSendingEvent) event).getEndpoint().getEndpointUri();
    if (servers.stream().anyMatch(target::startsWith)) {
      count.incrementAndGet();
    }
  }
}
