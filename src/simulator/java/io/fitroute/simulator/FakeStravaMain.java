package io.fitroute.simulator;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a fake Strava as a program until it is interrupted. */
@Command(
    name = "fake-strava",
    mixinStandardHelpOptions = true,
    description = "A fake Strava on this machine. GET /fake tells how to control it.")
public final class FakeStravaMain implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--host",
      defaultValue = "127.0.0.1",
      description = "Address to listen on (default: ${DEFAULT-VALUE}).")
  private String host;

  @Option(
      names = "--port",
      defaultValue = "0",
      description = "Port to listen on; 0 takes a free one (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--client-secret",
      defaultValue = "",
      description = "The API application's secret (default: a random one).")
  private String clientSecret;

  @Option(names = "--no-limits", description = "Answer any number of requests.")
  private boolean noLimits;

  private FakeStravaMain() {}

  /** Starts the program; exits with 1 on failure and 2 for wrong usage. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new FakeStravaMain()).execute(arguments));
  }

  @Override
  public Integer call() throws InterruptedException {
    FakeStravaOptions.Builder options =
        FakeStravaOptions.builder().host(host).port(port).clientSecret(clientSecret);
    if (noLimits) {
      options.withoutLimits();
    }
    FakeStrava strava = FakeStrava.start(options.build());
    Runtime.getRuntime().addShutdownHook(new Thread(strava::close, "end-of-fake-strava"));
    print(strava, spec.commandLine().getOut());
    new CountDownLatch(1).await();
    return 0;
  }

  private static void print(FakeStrava strava, PrintWriter out) {
    out.println("strava.api-url=" + strava.apiUrl());
    out.println("strava.oauth-url=" + strava.oauthUrl());
    out.println("strava.web-url=" + strava.webUrl());
    out.println("strava.client-id=" + strava.clientId());
    out.println("strava.client-secret=" + strava.clientSecret());
    out.flush();
  }
}
