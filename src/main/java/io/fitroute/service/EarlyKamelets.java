package io.fitroute.service;

import java.util.List;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;

/**
 * Has Camel make the kamelets of sinks before any event is worked on. By itself it makes each with
 * its first call, and lets a second caller in before that is done.
 */
final class EarlyKamelets extends MainListenerSupport {

  private final List<String> kamelets;

  EarlyKamelets(List<String> kamelets) {
    this.kamelets = kamelets;
  }

  @Override
  public void beforeStart(BaseMainSupport main) {
    kamelets.forEach(
        kamelet ->
            main.getCamelContext().getEndpoint("kamelet:" + kamelet + "?noErrorHandler=true"));
  }
}
