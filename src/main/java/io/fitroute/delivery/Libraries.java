package io.fitroute.delivery;

/** Which libraries are on the class path, by the names that kamelets give them. */
final class Libraries {

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
   * Whether a library is there. Of names in another form that is taken for granted.
   *
   * @param name {@code camel:NAME} or {@code mvn:GROUP:ARTIFACT}, with a version or without
   */
  static boolean isThere(String name) {
    return !name.matches("camel:[^:]+|mvn:[^:]+:[^:]+(:.*)?") || Artifact.of(name).isThere();
  }

  /** What gets a library, and all that it needs besides the program, into {@code lib/}. */
  static String command(String name) {
    Artifact artifact = Artifact.of(name);
    return "mvn -q dependency:copy-dependencies@library"
        + (artifact.group().equals(CAMEL) ? "" : " -Dlibrary.group=" + artifact.group())
        + " -Dlibrary="
        + artifact.name()
        + (artifact.version().isEmpty() ? "" : " -Dlibrary.version=" + artifact.version());
  }
}
