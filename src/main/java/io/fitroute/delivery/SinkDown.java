package io.fitroute.delivery;

/** A sink did not take a file; it may later. */
public final class SinkDown extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public SinkDown(String message) {
    super(message);
  }
}
