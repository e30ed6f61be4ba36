package io.fitroute.sink;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * User name and password for HTTP basic authentication (RFC 7617). In a header, the password may
 * contain any character and never becomes part of a logged address.
 */
public final class BasicLogin {

  private String user = "";
  private String password = "";

  /** The value of the header {@code Authorization}. */
  public String header() {
    byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(both);
  }

  public void setUser(String user) {
    this.user = user;
  }

  public void setPassword(String password) {
    this.password = password;
  }
}
