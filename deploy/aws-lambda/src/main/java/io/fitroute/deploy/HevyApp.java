package io.fitroute.deploy;

import java.io.IOException;
import java.nio.file.Path;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.StackProps;

/** Writes the template and the package of the function. */
public final class HevyApp {

  private HevyApp() {}

  /** Takes no arguments: what can be chosen is the context, as the README says. */
  public static void main(String[] arguments) throws IOException {
    Path home = Path.of("../..").toAbsolutePath().normalize();
    Path code = new FunctionPackage(home).writeTo(Path.of("target/function"));
    AppProps.Builder properties = AppProps.builder();
    if (System.getenv("CDK_OUTDIR") == null) { // called by hand rather than by the cdk command
      properties.outdir("cdk.out");
    }
    App app = new App(properties.build());
    new HevyStack(app, "FitrouteHevy", StackProps.builder().build(), code);
    app.synth();
  }
}
