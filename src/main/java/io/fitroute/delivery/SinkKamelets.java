package io.fitroute.delivery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * The sinks there are: each is a kamelet in a file of its own, {@code fit-NAME-sink.kamelet.yaml};
 * {@code fit-NAME-move.kamelet.yaml} and the like are what else a sink can do.
 */
public final class SinkKamelets {

  private static final String BEFORE = "fit-";
  private static final String AFTER = "-sink.kamelet.yaml";

  private final Path folder;

  /**
   * @param folder where the kamelets are
   */
  public SinkKamelets(Path folder) {
    this.folder = folder;
  }

  /** The names of all sinks, in order. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, BEFORE + "*" + AFTER)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        names.add(name.substring(BEFORE.length(), name.length() - AFTER.length()));
      }
    } catch (NoSuchFileException none) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Collections.sort(names);
    return names;
  }

  /**
   * What hinders the use of a sink, in words that complete the sentence "the sink NAME ..."; empty
   * if nothing does.
   *
   * @param properties what the kamelet's settings may refer to, and {@code camel.kamelet.*}
   */
  public Optional<String> obstacle(String sink, Properties properties) {
    KameletFile kamelet = KameletFile.read(folder.resolve(BEFORE + sink + AFTER));
    List<String> absent =
        kamelet.dependencies().stream().filter(name -> !Libraries.isThere(name)).toList();
    if (!absent.isEmpty()) {
      return Optional.of(
          "needs "
              + String.join(", ", absent)
              + " in lib/, which is not there; get it with: mvn -q"
              + " dependency:copy-dependencies@"
              + sink);
    }
    return kamelet
        .unset("camel.kamelet." + BEFORE + sink + "-sink.", properties)
        .map(name -> "needs " + name + ", which is not set");
  }

  /** Whether a sink has a kamelet for something else than taking files, such as {@code move}. */
  public boolean can(String sink, String what) {
    return Files.exists(folder.resolve(BEFORE + sink + "-" + what + ".kamelet.yaml"));
  }
}
