package io.fitroute.http;

import org.apache.camel.http.base.HttpHeaderFilterStrategy;

/** Allows responses to set {@code Cache-Control}, which Camel otherwise filters out. */
public final class PageHeaders extends HttpHeaderFilterStrategy {

  public PageHeaders() {
    getOutFilter().remove("cache-control");
  }
}
