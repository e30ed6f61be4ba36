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
          "backfill",
          "hevy",
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
      case "demo" -> new Demo();
      case "connect" -> new Connect();
      case "disconnect" -> new Disconnect();
      case "pause" -> new Pause();
      case "resume" -> new Resume();
      case "key" -> new Key();
      case "ledger" -> new CopyLedger();
      case "subscription" -> new Subscription();
      case "doctor" -> new Examine();
      case "download" -> new Download();
      case "status" -> new Status();
      case "events" -> new Events();
      case "trace" -> new Trace();
      case "replay" -> new Replay();
      case "upgrade" -> new Upgrade();
      case "backfill" -> new Backfill();
      case "hevy" -> new HevySubscription();
      case "import" -> new Import();
      case "resend" -> new Resend();
      case "verify" -> new Verify();
      case "check" -> new Check();
      case "simulate" -> new Simulate();
      case "completion" -> new Completion();
      case "warm-up" -> new WarmUp(surroundings);
      default -> throw new IllegalArgumentException("there is no command " + name);
    };
  }
}
