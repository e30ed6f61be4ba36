package io.fitroute.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code fitroute} itself: what all commands share. */
@Command(
    name = "fitroute",
    scope = ScopeType.INHERIT,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Delivers Strava activities as FIT files.",
    synopsisSubcommandLabel = "COMMAND",
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%n",
    commandListHeading = "%nCommands:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./fitroute                      (the same as ./fitroute serve)",
      "  ./fitroute demo",
      "  ./fitroute download --help",
      "",
      "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 not configured or not authorised.",
      "Settings: see application.properties next to fitroute."
    })
final class RootCommand implements Runnable {
  private final Environment environment;

  @Spec private CommandSpec spec;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "After an error, also print the stack trace.")
  private boolean debug;

  RootCommand(Environment environment) {
    this.environment = environment;
  }

  Environment environment() {
    return environment;
  }

  boolean debug() {
    return debug;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "No command was given");
  }
}
