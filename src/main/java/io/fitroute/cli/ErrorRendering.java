package io.fitroute.cli;

import io.fitroute.cli.report.ExitCode;
import io.fitroute.cli.report.JsonDocument;
import io.fitroute.cli.report.Printable;
import io.fitroute.settings.NearestName;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Shows errors: one line on standard error, with {@code --debug} also a stack trace. With {@code
 * --json} standard output gets the document {@code {"error":"..."}} as well.
 */
final class ErrorRendering implements IParameterExceptionHandler, IExecutionExceptionHandler {
  private final RootCommand root;

  ErrorRendering(RootCommand root) {
    this.root = root;
  }

  @Override
  public int handleParseException(ParameterException exception, String[] arguments) {
    CommandLine command = exception.getCommandLine();
    String message =
        "%s (see: ./%s --help)"
            .formatted(misunderstanding(exception), command.getCommandSpec().qualifiedName());
    Failure failure = new Failure(message, ExitCode.WRONG_USAGE);
    return render(exception, failure, command, Arrays.asList(arguments));
  }

  @Override
  public int handleExecutionException(
      Exception exception, CommandLine command, ParseResult parsed) {
    return render(exception, Failure.of(exception), command, parsed.originalArgs());
  }

  private int render(
      Exception exception, Failure failure, CommandLine command, List<String> arguments) {
    command.getErr().println(failure.line());
    if (root.debug()) {
      exception.printStackTrace(command.getErr());
    }
    if (arguments.contains(Reporting.JSON)) {
      command.getOut().println(JsonDocument.of(new Error(failure.message())));
    }
    return failure.exitCode();
  }

  private static String misunderstanding(ParameterException exception) {
    if (exception instanceof UnmatchedArgumentException unmatched) {
      CommandLine command = exception.getCommandLine();
      String first = unmatched.getUnmatched().get(0);
      if (command.getParent() == null && !first.startsWith("-")) {
        List<String> commands = visible(command);
        return "there is no command '%s'; the nearest is %s"
            .formatted(Printable.line(first), NearestName.of(first, commands).orElseThrow());
      }
      String found = "'%s' is not an argument of this command".formatted(Printable.line(first));
      List<String> suggestions = unmatched.getSuggestions();
      return suggestions.isEmpty()
          ? found
          : found + "; did you mean " + String.join(" or ", suggestions) + "?";
    }
    return exception.getMessage().lines().findFirst().orElse("");
  }

  private static List<String> visible(CommandLine root) {
    return root.getSubcommands().entrySet().stream()
        .filter(command -> !command.getValue().getCommandSpec().usageMessage().hidden())
        .map(Map.Entry::getKey)
        .toList();
  }

  private record Error(String error) {}
}
