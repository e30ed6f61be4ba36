package io.fitroute.cli;

import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * The commands by name, in the order of the help. Made one at a time, as only the one that was
 * asked for costs start-up time.
 */
final class Commands {
  private static final List<String> NAMES =
      List.of(
          "serve",
          "demo",
          "connect",
          "disconnect",
          "pause",
          "resume",
          "subscription",
          "doctor",
          "download",
          "status",
          "events",
          "trace",
          "replay",
          "upgrade",
          "import",
          "resend",
          "verify",
          "check",
          "key",
          "ledger",
          "simulate",
          "completion",
          "warm-up");
  private static final Set<String> PLAIN = Set.of("serve", "warm-up");

  private final Surroundings surroundings;

  Commands(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  List<String> names() {
    return NAMES;
  }

  /** Whether a command, given without arguments, can be called without a command line around it. */
  boolean plain(String name) {
    return PLAIN.contains(name);
  }

  /** A new command of one of the {@link #names}. */
  Callable<Integer> create(String name) {
    return switch (name) {
      case "serve" -> new Serve(surroundings);
      case "demo" -> new Demo(surroundings);
      case "connect" -> new Connect(surroundings);
      case "disconnect" -> new Disconnect(surroundings);
      case "pause" -> new Pause(surroundings);
      case "resume" -> new Resume(surroundings);
      case "key" -> new Key(surroundings);
      case "ledger" -> new CopyLedger(surroundings);
      case "subscription" -> new Subscription(surroundings);
      case "doctor" -> new Examine(surroundings);
      case "download" -> new Download(surroundings);
      case "status" -> new Status(surroundings);
      case "events" -> new Events(surroundings);
      case "trace" -> new Trace(surroundings);
      case "replay" -> new Replay(surroundings);
      case "upgrade" -> new Upgrade(surroundings);
      case "import" -> new Import(surroundings);
      case "resend" -> new Resend(surroundings);
      case "verify" -> new Verify(surroundings);
      case "check" -> new Check(surroundings);
      case "simulate" -> new Simulate(surroundings);
      case "completion" -> new Completion();
      case "warm-up" -> new WarmUp(surroundings);
      default -> throw new IllegalArgumentException("there is no command " + name);
    };
  }
}
