package io.fitroute.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Settings in variables of the process or of {@code .env}. An empty variable counts as not set. A
 * secret may instead be given as {@code NAME_FILE}, the path of a file, as container platforms
 * provide it.
 */
final class Variables {
  static final String FILE_SUFFIX = "_FILE";
  private static final int LARGEST_FILE = 64 * 1024;

  private final Map<String, String> values;
  private final UnaryOperator<String> origin;
  private final Path workingDirectory;

  /**
   * @param origin describes where a variable was written
   * @param workingDirectory where relative paths of secret files start
   */
  Variables(Map<String, String> values, UnaryOperator<String> origin, Path workingDirectory) {
    this.values = values;
    this.origin = origin;
    this.workingDirectory = workingDirectory;
  }

  Set<String> names() {
    return values.keySet();
  }

  String origin(String name) {
    return origin.apply(name);
  }

  /**
   * The value of a setting; empty if unset. Two variables of one setting must agree.
   *
   * @throws InvalidSetting if they differ or a file cannot be read
   */
  Optional<Found> find(Setting<?> setting) {
    List<Found> all =
        setting.variables().stream()
            .map(variable -> find(setting, variable))
            .flatMap(Optional::stream)
            .toList();
    for (Found other : all) {
      if (!other.text().equals(all.get(0).text())) {
        throw new InvalidSetting(
            "%s has two different values: by %s and by %s; allowed: one of them"
                .formatted(setting.name(), all.get(0).origin(), other.origin()));
      }
    }
    return all.stream().findFirst();
  }

  private Optional<Found> find(Setting<?> setting, String variable) {
    Optional<Found> direct = find(variable);
    if (!setting.byFile()) {
      return direct;
    }
    Optional<Found> file = find(variable + FILE_SUFFIX);
    if (direct.isPresent() && file.isPresent()) {
      throw new InvalidSetting(
          "%s is set twice: by %s and by %s; allowed: one of them"
              .formatted(setting.name(), direct.get().origin(), file.get().origin()));
    }
    return file.isPresent() ? file.map(path -> contents(setting, path)) : direct;
  }

  /** The files that contain the value of a setting. */
  Stream<Path> files(Setting<?> setting) {
    return setting.variables().stream()
        .filter(variable -> setting.byFile())
        .flatMap(variable -> find(variable + FILE_SUFFIX).stream())
        .map(path -> workingDirectory.resolve(path.text()));
  }

  /** The value of a variable; empty if unset or set to nothing. */
  Optional<Found> find(String variable) {
    return Optional.ofNullable(values.get(variable))
        .map(text -> new Found(text, origin.apply(variable)))
        .filter(found -> !found.text().isEmpty());
  }

  private Found contents(Setting<?> setting, Found path) {
    String origin = "the file named by " + path.origin();
    try (InputStream file = Files.newInputStream(workingDirectory.resolve(path.text()))) {
      byte[] bytes = file.readNBytes(LARGEST_FILE + 1);
      if (bytes.length > LARGEST_FILE) {
        throw unusable(setting, origin, "it is larger than " + LARGEST_FILE + " bytes");
      }
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      String secret = text.replaceFirst("[\r\n]+$", "");
      if (secret.isBlank()) {
        throw unusable(setting, origin, "it is empty");
      }
      return new Found(secret, origin);
    } catch (CharacterCodingException binary) {
      throw unusable(setting, origin, "it is not UTF-8 text");
    } catch (IOException | InvalidPathException unreadable) {
      throw unusable(setting, origin, "it cannot be read: " + Shown.quoted(path.text()));
    }
  }

  private static InvalidSetting unusable(Setting<?> setting, String origin, String problem) {
    return new InvalidSetting(
        ("%s cannot be read from %s: %s; allowed: a readable text file that contains only"
                + " the secret")
            .formatted(setting.name(), origin, problem));
  }
}
