package io.fitroute.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version that the build stores in the jar. */
final class Version implements IVersionProvider {

  static String ofProgram() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse("(not built as a jar)");
  }

  @Override
  public String[] getVersion() {
    return new String[] {"fitroute " + ofProgram() + ", Java " + Runtime.version()};
  }
}
