package io.fitroute.cli;

import io.fitroute.cli.report.ExitCode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code fitroute completion}: prints the completion script of a shell. */
@Command(
    name = CompletionCommand.NAME,
    description =
        "Print a script that makes bash or zsh complete commands and options. To load it"
            + " in every shell, add the first line below to ~/.bashrc or ~/.zshrc.",
    footer = {
      "  source <(./fitroute completion)",
      "  ./fitroute completion > ~/.local/share/bash-completion/completions/fitroute"
    })
final class CompletionCommand implements Callable<Integer> {

  static final String NAME = "completion";

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    // without the option default, a shell does not offer files when nothing matches
    out.print(
        AutoComplete.bash("fitroute", spec.root().commandLine()).replace(" -o default ", " "));
    out.flush();
    return ExitCode.DONE;
  }
}
