package io.fitroute;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A program that a test needs and a machine may lack. If it is missing, the test is skipped with a
 * message; with {@code -Dfitroute.tools=required} it fails.
 */
public final class RequiredTool {

  private static final String SETTING = "fitroute.tools";

  private RequiredTool() {}

  /** Finds the first installed one of these programs; aborts the test if there is none. */
  public static Path find(String... names) {
    Optional<Path> found = Arrays.stream(names).flatMap(RequiredTool::installed).findFirst();
    if (found.isEmpty()) {
      end(String.join(" or ", names) + " is not installed");
    }
    return found.orElseThrow();
  }

  /** Aborts the test unless it runs as root. */
  public static void beRoot() {
    if (!"root".equals(System.getProperty("user.name"))) {
      end("the tests are not run by root");
    }
  }

  private static Stream<Path> installed(String name) {
    String path =
        System.getenv("PATH") + File.pathSeparator + "/usr/sbin" + File.pathSeparator + "/sbin";
    return Arrays.stream(path.split(File.pathSeparator))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable);
  }

  private static void end(String missing) {
    if ("required".equals(System.getProperty(SETTING))) {
      fail(missing + ", and -D" + SETTING + "=required");
    }
    System.out.println("A test is skipped: " + missing);
    abort(missing);
  }
}
