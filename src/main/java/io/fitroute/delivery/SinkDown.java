package io.fitroute.delivery;

/** A sink did not take a file but may take it later. */
public final class SinkDown extends RuntimeException {

  public SinkDown(String message) {
    super(message);
  }
}
