package io.fitroute.sink;

import java.util.Map;
import java.util.regex.Pattern;
import org.apache.camel.Headers;

/** Additional request headers set by the operator. */
public final class RequestHeaders {

  private static final Pattern BETWEEN = Pattern.compile("\\|");

  private String authorization = "";
  private String others = "";

  /** Adds them to a message. */
  public void add(@Headers Map<String, Object> headers) {
    if (!authorization.isEmpty()) {
      headers.put("Authorization", authorization);
    }
    for (String header : BETWEEN.split(others)) {
      int colon = header.indexOf(':');
      if (colon > 0) {
        headers.put(header.substring(0, colon).strip(), header.substring(colon + 1).strip());
      }
    }
  }

  /** The value of the header Authorization; empty for none. */
  public void setAuthorization(String authorization) {
    this.authorization = authorization;
  }

  /** {@code NAME: VALUE}, several separated by |; empty for none. */
  public void setOthers(String others) {
    this.others = others;
  }
}
