package io.fitroute.sink;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * User name and password as HTTP sends them (RFC 7617). In a header of its own, a password may hold
 * any character, and never becomes part of an address that is logged.
 */
public final class BasicLogin {

  private String user = "";
  private String password = "";

  /** What the header {@code Authorization} says. */
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
