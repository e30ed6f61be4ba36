package io.fitroute.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder that becomes the function: the program, the routes of workouts, the settings, and the
 * libraries that these need and no others.
 *
 * @param home the folder of the program, which is built
 */
record FunctionPackage(Path home) {

  private static final List<String> ROUTES = List.of("errors", "hevy", "intervals-api");

  /**
   * Writes it anew.
   *
   * @throws IllegalStateException if a library is missing
   */
  Path writeTo(Path folder) throws IOException {
    empty(folder);
    Path lib = Files.createDirectories(folder.resolve("lib"));
    copy(home.resolve("target/fitroute.jar"), lib);
    for (String name : libraries()) {
      copy(library(name), lib);
    }
    copy(home.resolve("application.properties"), folder);
    Path routes = Files.createDirectories(folder.resolve("routes"));
    for (String name : ROUTES) {
      copy(home.resolve("routes/" + name + ".camel.yaml"), routes);
    }
    return folder.toAbsolutePath();
  }

  private static void empty(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static void copy(Path file, Path folder) throws IOException {
    Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
  }

  private List<String> libraries() throws IOException {
    return Files.readAllLines(home.resolve("deploy/aws-lambda/libraries.txt")).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .toList();
  }

  private Path library(String name) {
    try (Stream<Path> all = Files.list(home.resolve("target/lib"))) {
      return all.filter(
              file -> file.getFileName().toString().replaceFirst("-[0-9].*", "").equals(name))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("target/lib has no " + name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
