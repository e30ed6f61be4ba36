package io.fitroute.benchmark;

import java.net.URI;
import java.util.concurrent.Callable;

/** A server that is suspended except when it is measured. */
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

  /** Runs it during a measurement. */
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
