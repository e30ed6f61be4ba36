package io.fitroute.benchmark;

import java.net.URI;
import java.util.concurrent.Callable;

/** A server that stands still unless it is its turn to be measured. */
final class ServerInTurns implements AutoCloseable {

  private final URI webhook;
  private final Child process;

  ServerInTurns(URI webhook, Child process) {
    this.webhook = webhook;
    this.process = process;
    process.pause();
  }

  URI webhook() {
    return webhook;
  }

  /** Lets it run for as long as a measurement takes. */
  <T> T turn(Callable<T> measurement) throws Exception {
    process.resume();
    try {
      return measurement.call();
    } finally {
      process.pause();
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
