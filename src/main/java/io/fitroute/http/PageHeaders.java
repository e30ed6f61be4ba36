package io.fitroute.http;

import org.apache.camel.http.base.HttpHeaderFilterStrategy;

/** Lets pages say that nobody may keep them, which Camel otherwise takes for the client's word. */
public final class PageHeaders extends HttpHeaderFilterStrategy {

  public PageHeaders() {
    getOutFilter().remove("cache-control");
  }
}
