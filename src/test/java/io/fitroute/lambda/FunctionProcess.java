package io.fitroute.lambda;

import io.fitroute.simulator.FakeHevy;
import io.fitroute.simulator.FakeIntervals;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The function as a process, run by the same client as at AWS, with only the libraries that are
 * packaged with it.
 */
public final class FunctionProcess implements AutoCloseable {

  private static final Path HOME = Path.of("").toAbsolutePath();

  private final Process process;

  private FunctionProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts the function without waiting.
   *
   * @param program the program's classes, or its JAR
   * @param folder the folder of its log
   * @param settings further settings, as environment variables
   * @param options options for Java
   */
  public static FunctionProcess start(
      Path program,
      Path folder,
      RuntimeApi api,
      FakeHevy hevy,
      FakeIntervals intervals,
      Map<String, String> settings,
      String... options)
      throws IOException {
    ProcessBuilder java =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC");
    java.command().addAll(List.of(options));
    java.command()
        .addAll(
            List.of(
                "-cp",
                classPath(program),
                "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
                HevyWebhookHandler.class.getName()));
    java.directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
    Map<String, String> environment = java.environment();
    environment.clear();
    environment.put("AWS_LAMBDA_RUNTIME_API", api.address());
    environment.put("LAMBDA_TASK_ROOT", taskRoot(folder).toString());
    environment.put("_HANDLER", HevyWebhookHandler.class.getName());
    environment.put("AWS_LAMBDA_FUNCTION_NAME", "hevy");
    environment.put("AWS_LAMBDA_FUNCTION_VERSION", "1");
    environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1024");
    environment.put("HEVY_API_URL", hevy.url().toString());
    environment.put("HEVY_API_KEY", hevy.apiKey());
    environment.put("HEVY_TIME_ZONE", "Europe/Berlin");
    environment.put("INTERVALS_URL", intervals.url().toString());
    environment.put("ICU_API_KEY", intervals.apiKey());
    environment.put("ICU_ATHLETE_ID", "i12345");
    environment.putAll(settings);
    return new FunctionProcess(java.start());
  }

  /** Creates the files that are packaged with the function besides its libraries. */
  private static Path taskRoot(Path folder) throws IOException {
    Path root = folder.resolve("task");
    Files.createDirectories(root.resolve("routes"));
    for (String file :
        List.of(
            "application.properties",
            "routes/errors.camel.yaml",
            "routes/hevy.camel.yaml",
            "routes/intervals-api.camel.yaml")) {
      Files.copy(HOME.resolve(file), root.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    return root;
  }

  private static String classPath(Path program) throws IOException {
    List<String> libraries =
        Stream.concat(
                Files.readAllLines(HOME.resolve("deploy/aws-lambda/libraries.txt")).stream(),
                Stream.of(
                    "aws-lambda-java-runtime-interface-client",
                    "aws-lambda-java-serialization",
                    "utils-lite"))
            .toList();
    return Stream.concat(
            Stream.of(program.toString()),
            Arrays.stream(
                    System.getProperty(
                            "surefire.test.class.path", System.getProperty("java.class.path"))
                        .split(File.pathSeparator))
                .filter(
                    path ->
                        libraries.contains(
                            Path.of(path).getFileName().toString().replaceFirst("-[0-9].*", ""))))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Ends it as AWS does, so that it can shut down. */
  public void end() {
    process.destroy();
    process.onExit().join();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
