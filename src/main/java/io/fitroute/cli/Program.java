package io.fitroute.cli;

import io.fitroute.cli.report.ExitCode;
import io.fitroute.cli.report.PlainWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/**
 * The command line: arguments in, text and an {@link ExitCode} out.
 *
 * <p>In this package no interface of picocli is implemented by a lambda: picocli's classes have the
 * format of Java 5, and Java 17 crashes when it archives such a lambda for faster starts.
 */
public final class Program {
  private static final int HELP_WIDTH = 100;
  private static final String WITHOUT_ARGUMENTS = "serve";

  private final Environment environment;
  private final PrintWriter out;
  private final PrintWriter err;

  /**
   * @param out receives the reports
   * @param err receives everything else: errors, progress
   */
  public Program(Environment environment, PrintWriter out, PrintWriter err) {
    this.environment = environment;
    this.out = new PrintWriter(new PlainWriter(out), true);
    this.err = new PrintWriter(new PlainWriter(err), true);
  }

  /** Writes to standard output and standard error, in UTF-8 whatever the locale is. */
  public static Program onThisTerminal(Environment environment) {
    return new Program(
        environment,
        new PrintWriter(System.out, true, StandardCharsets.UTF_8),
        new PrintWriter(System.err, true, StandardCharsets.UTF_8));
  }

  /**
   * Runs a command to its end.
   *
   * @return an {@link ExitCode}
   */
  public int run(String... arguments) {
    Commands commands = new Commands(environment);
    String[] named = arguments.length == 0 ? new String[] {WITHOUT_ARGUMENTS} : arguments;
    int exitCode =
        named.length == 1 && commands.plain(named[0])
            ? runPlain(commands.create(named[0]))
            : commandLine(commands, named).execute(named);
    out.flush();
    err.flush();
    return exitCode;
  }

  /** Runs a command without arguments without loading picocli, which takes a tenth of a second. */
  private int runPlain(Callable<Integer> command) {
    try {
      return command.call();
    } catch (Exception exception) {
      Failure failure = Failure.of(exception);
      err.println(failure.line());
      return failure.exitCode();
    }
  }

  private CommandLine commandLine(Commands commands, String... arguments) {
    RootCommand root = new RootCommand(environment);
    CommandLine commandLine = new CommandLine(root);
    for (String name : needed(commands.names(), arguments)) {
      commandLine.addSubcommand(commands.create(name));
    }
    ErrorRendering errors = new ErrorRendering(root);
    return commandLine
        .registerConverter(Long.class, new WholeNumber())
        .registerConverter(Long.TYPE, new WholeNumber())
        .setColorScheme(CommandLine.Help.defaultColorScheme(colours()))
        .setUsageHelpWidth(HELP_WIDTH)
        .setOut(out)
        .setErr(err)
        .setParameterExceptionHandler(errors)
        .setExecutionExceptionHandler(errors);
  }

  private CommandLine.Help.Ansi colours() {
    return Terminal.of(environment).isOutputColoured()
        ? CommandLine.Help.Ansi.ON
        : CommandLine.Help.Ansi.OFF;
  }

  /** The command in the arguments; all commands for help, or if there is none. */
  private static List<String> needed(List<String> names, String... arguments) {
    return Arrays.stream(arguments)
        .filter(argument -> !argument.startsWith("-"))
        .findFirst()
        .filter(name -> names.contains(name) && !name.equals(CompletionCommand.NAME))
        .map(List::of)
        .orElse(names);
  }
}
