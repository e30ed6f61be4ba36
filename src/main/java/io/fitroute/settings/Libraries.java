package io.fitroute.settings;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which libraries are on the class path, by the names that kamelets give them. */
public final class Libraries {

  private static final String CAMEL = "org.apache.camel";

  private Libraries() {}

  /** An artifact, the version empty where the program knows it. */
  private record Artifact(String group, String name, String version) {

    /** {@code camel:X} is Camel's artifact {@code camel-X}. */
    static Artifact of(String text) {
      String[] parts = text.split(":");
      if (parts[0].equals("camel")) {
        return new Artifact(CAMEL, "camel-" + parts[1], "");
      }
      return new Artifact(parts[1], parts[2], parts.length > 3 ? parts[3] : "");
    }

    boolean isThere() {
      String descriptor = "META-INF/maven/" + group + "/" + name + "/pom.properties";
      return Libraries.class.getClassLoader().getResource(descriptor) != null;
    }
  }

  /**
   * Which libraries are missing and how to get them, in words that complete the sentence "the sink
   * NAME ..."; empty if none is missing.
   *
   * @param names {@code camel:NAME} or {@code mvn:GROUP:ARTIFACT}, with a version or without
   */
  public static Optional<String> obstacle(List<String> names) {
    List<String> absent = names.stream().filter(name -> !isThere(name)).toList();
    return absent.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "needs "
                + String.join(", ", absent)
                + ", which is missing; get it into lib/ with: "
                + absent.stream().map(Libraries::command).collect(Collectors.joining("; ")));
  }

  /**
   * Whether a library is there. Of names in another form that is taken for granted.
   *
   * @param name {@code camel:NAME} or {@code mvn:GROUP:ARTIFACT}, with a version or without
   */
  public static boolean isThere(String name) {
    return !name.matches("camel:[^:]+|mvn:[^:]+:[^:]+(:.*)?") || Artifact.of(name).isThere();
  }

  /** What gets a library, and all that it needs besides the program, into {@code lib/}. */
  public static String command(String name) {
    Artifact artifact = Artifact.of(name);
    return "mvn -q dependency:copy-dependencies@library"
        + (artifact.group().equals(CAMEL) ? "" : " -Dlibrary.group=" + artifact.group())
        + " -Dlibrary="
        + artifact.name()
        + (artifact.version().isEmpty() ? "" : " -Dlibrary.version=" + artifact.version());
  }
}
