package io.fitroute.cli;

import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * The commands by name, in the order of the help. They are created one at a time, because each
 * costs start-up time.
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
          "backfill",
          "status",
          "events",
          "trace",
          "replay",
          "upgrade",
          "hevy",
          "import",
          "adopt",
          "upload",
          "resend",
          "verify",
          "recordings",
          "check",
          "convert",
          "key",
          "ledger",
          "backup",
          "restore",
          "simulate",
          "completion",
          "warm-up");
  private static final Set<String> PLAIN = Set.of("serve", "warm-up");

  private final Environment environment;

  Commands(Environment environment) {
    this.environment = environment;
  }

  List<String> names() {
    return NAMES;
  }

  /** Whether a command without arguments can run without picocli. */
  boolean plain(String name) {
    return PLAIN.contains(name);
  }

  /** Creates a command by its name. */
  Callable<Integer> create(String name) {
    return switch (name) {
      case "serve" -> new ServeCommand(environment);
      case "demo" -> new DemoCommand();
      case "connect" -> new ConnectCommand();
      case "disconnect" -> new DisconnectCommand();
      case "pause" -> new PauseCommand();
      case "resume" -> new ResumeCommand();
      case "key" -> new KeyCommand();
      case "ledger" -> new CopyLedgerCommand();
      case "backup" -> new BackupCommand();
      case "restore" -> new RestoreCommand();
      case "subscription" -> new SubscriptionCommand();
      case "doctor" -> new DoctorCommand();
      case "download" -> new DownloadCommand();
      case "backfill" -> new BackfillCommand();
      case "status" -> new StatusCommand();
      case "events" -> new EventsCommand();
      case "trace" -> new TraceCommand();
      case "replay" -> new ReplayCommand();
      case "upgrade" -> new UpgradeCommand();
      case "hevy" -> new HevySubscriptionCommand();
      case "import" -> new ImportCommand();
      case "adopt" -> new AdoptCommand();
      case "upload" -> new UploadCommand();
      case "resend" -> new ResendCommand();
      case "verify" -> new VerifyCommand();
      case "recordings" -> new RebuildRecordingsCommand();
      case "check" -> new CheckCommand();
      case "convert" -> new ConvertCommand();
      case "simulate" -> new SimulateCommand();
      case "completion" -> new CompletionCommand();
      case "warm-up" -> new WarmUpCommand(environment);
      default -> throw new IllegalArgumentException("there is no command " + name);
    };
  }
}
