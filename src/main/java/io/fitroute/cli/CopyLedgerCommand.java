package io.fitroute.cli;

import io.fitroute.cli.report.Printable;
import io.fitroute.cli.report.Report;
import io.fitroute.ledger.Ledger;
import io.fitroute.ledger.LedgerAddress;
import io.fitroute.ledger.LedgerCopy;
import io.fitroute.ledger.LedgerCopy.Copied;
import io.fitroute.runtime.DataVault;
import io.fitroute.runtime.LedgerFile;
import io.fitroute.runtime.ServiceLock;
import io.fitroute.settings.Settings;
import io.fitroute.strava.api.Athletes;
import io.fitroute.strava.oauth.TokenStore;
import io.fitroute.system.SystemServices;
import io.fitroute.vault.Vault;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fitroute ledger copy}: copies the ledger to another database. */
@Command(
    name = "ledger",
    description = {
      "Copy all data of fitroute (events, activities, deliveries, athletes and their"
          + " tokens) from the configured database into another, empty one, for example from"
          + " SQLite to PostgreSQL. Stop the service first; the source database is not changed.",
      "The password for the target is database.password (DATABASE_PASSWORD or"
          + " DATABASE_PASSWORD_FILE), or the first line of --password-file."
    },
    footer = {
      "  ./fitroute ledger copy --to jdbc:postgresql://db.example.org/fitroute --user fitroute",
      "  ./fitroute ledger copy --to jdbc:sqlite:/backup/fitroute.db --json"
    })
final class CopyLedgerCommand extends Reporting {

  private static final Pattern ADDRESS = Pattern.compile("jdbc:(sqlite|postgresql):\\S+");
  private static final Pattern PASSWORD = Pattern.compile("(?i)[?&](ssl)?password=|//[^/]*@");
  private static final int LONGEST_PASSWORD_FILE = 8192;

  private final SystemServices services = SystemServices.ofJdk();
  private final Clock clock = services.clock();

  @Parameters(paramLabel = "copy", description = "What to do.")
  private String action = "";

  @Option(
      names = "--to",
      required = true,
      paramLabel = "URL",
      description = "The target database: jdbc:postgresql://HOST/DATABASE or jdbc:sqlite:FILE.")
  private String to = "";

  @Option(
      names = "--user",
      paramLabel = "NAME",
      description = "Its user (default: the setting database.user).")
  private Optional<String> user = Optional.empty();

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "File with its password (default: the setting database.password).")
  private Path passwordFile; // with an Optional, the completion would not offer files

  @Override
  public Integer call() {
    requireSense();
    Settings settings = settings();
    LedgerAddress source = LedgerFile.address(settings);
    LedgerAddress target = target(source);
    source.file().ifPresent(CopyLedgerCommand::requireThere);
    refuseSame(source, target);
    ServiceLock lock =
        ServiceLock.takeAlone(settings.path("data.dir"))
            .orElseThrow(
                () ->
                    CommandFailure.failed(
                        "a service or another command is using "
                            + settings.path("data.dir")
                            + ": stop it first"));
    try (lock) {
      requireTokens(settings, source);
      List<LedgerCopy.Copied> tables = copied(source, target);
      return report(
          new LedgerCopyReport(
              source.shown(),
              target.shown(),
              tables,
              tables.stream().mapToLong(LedgerCopy.Copied::rows).sum(),
              requireTokens(settings, target),
              next(source, target)));
    }
  }

  private void requireSense() {
    if (!action.equals("copy")) {
      throw CommandFailure.wrongUsage(
          "found '" + Printable.line(action) + "', allowed is copy (ledger copy --to URL)");
    }
    if (PASSWORD.matcher(to).find()) {
      throw CommandFailure.wrongUsage(
          "--to contains a password, which every user of this machine can see: use"
              + " DATABASE_PASSWORD or --password-file instead");
    }
    if (!ADDRESS.matcher(to).matches()) {
      throw CommandFailure.wrongUsage(
          "--to is not a supported address, allowed are jdbc:postgresql://HOST/DATABASE"
              + " and jdbc:sqlite:FILE");
    }
  }

  private LedgerAddress target(LedgerAddress source) {
    return new LedgerAddress(
        to,
        user.orElse(source.user()),
        Optional.ofNullable(passwordFile).map(this::password).orElse(source.password()));
  }

  private String password(Path file) {
    try {
      Path path = environment().workingDirectory().resolve(file);
      if (Files.size(path) > LONGEST_PASSWORD_FILE) {
        throw CommandFailure.failed("--password-file is too long for a password");
      }
      return Files.readString(path).lines().findFirst().orElse("");
    } catch (IOException e) {
      throw CommandFailure.failed(
          "--password-file cannot be read: " + e.getClass().getSimpleName());
    }
  }

  private static void requireThere(Path file) {
    if (!Files.exists(file)) {
      throw CommandFailure.failed("there is nothing to copy: no file " + file);
    }
  }

  private static void refuseSame(LedgerAddress source, LedgerAddress target) {
    if (place(source).equals(place(target))) {
      throw CommandFailure.wrongUsage("--to is the configured database itself");
    }
  }

  private static String place(LedgerAddress address) {
    return address
        .file()
        .map(file -> file.toAbsolutePath().normalize().toString())
        .orElse(address.shown());
  }

  private List<LedgerCopy.Copied> copied(LedgerAddress source, LedgerAddress target) {
    try (LedgerCopy copy = LedgerCopy.begin(source, target, services)) {
      int rows = (int) Math.min(copy.rows(), Integer.MAX_VALUE);
      try (Progress progress = progress("copying", rows)) {
        return copy.run(progress::step);
      }
    }
  }

  /**
   * Decrypts every token, as a service will.
   *
   * @return the number of athletes
   * @throws io.fitroute.vault.UnreadableSecret if the key is not available
   */
  private int requireTokens(Settings settings, LedgerAddress address) {
    try (Ledger ledger = address.open(services)) {
      List<Athletes.Athlete> athletes = new Athletes(ledger, clock).all();
      if (Vault.isInUse(ledger)) {
        Vault vault = DataVault.open(settings, ledger, services);
        TokenStore tokens = new TokenStore(ledger, vault, clock);
        athletes.forEach(athlete -> tokens.find(athlete.id()));
      }
      return athletes.size();
    }
  }

  private static List<String> next(LedgerAddress source, LedgerAddress target) {
    List<String> next = new ArrayList<>();
    next.add("set database.url=" + target.url() + " (DATABASE_URL)");
    if (target.file().isEmpty()) {
      if (!target.user().isEmpty()) {
        next.add("set database.user=" + target.user() + " (DATABASE_USER)");
      }
      next.add("set the password with DATABASE_PASSWORD or DATABASE_PASSWORD_FILE");
    }
    next.add("keep data.dir: it holds the token key and waiting exports");
    next.add(
        "start the service, and do not start one on "
            + source.shown()
            + " again: two services would refresh the same tokens");
    return next;
  }

  /**
   * The result of copying a database.
   *
   * @param rows the number of rows in all tables
   * @param athletes the number of athletes whose tokens can be read in the copy
   * @param next what to do next
   */
  record LedgerCopyReport(
      String from, String to, List<Copied> tables, long rows, int athletes, List<String> next)
      implements Report {

    @Override
    public void print(PrintWriter out) {
      out.println("copied " + from);
      out.println("to     " + to);
      for (Copied table : tables) {
        if (table.rows() > 0) {
          out.printf("  %-14s %9d%n", table.table(), table.rows());
        }
      }
      String whose = athletes == 1 ? "1 athlete" : athletes + " athletes";
      out.println(rows + " rows copied and verified; the tokens of " + whose + " can be used");
      next.forEach(step -> out.println("next: " + step));
    }
  }
}
