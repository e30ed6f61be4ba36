package io.fitroute.delivery;

/** Checks which libraries are on the class path, by the names used in kamelets. */
final class Libraries {

  private static final String CAMEL = "org.apache.camel";

  private Libraries() {}

  /** An artifact; the version is empty where the program determines it. */
  private record Artifact(String group, String name, String version) {

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
   * Whether a library is present; true for names in an unknown form.
   *
   * @param name {@code camel:NAME} or {@code mvn:GROUP:ARTIFACT}, with or without a version
   */
  static boolean isThere(String name) {
    return !name.matches("camel:[^:]+|mvn:[^:]+:[^:]+(:.*)?") || Artifact.of(name).isThere();
  }

  /** The command that copies a library and its dependencies into {@code lib/}. */
  static String command(String name) {
    Artifact artifact = Artifact.of(name);
    return "mvn -q dependency:copy-dependencies@library"
        + (artifact.group().equals(CAMEL) ? "" : " -Dlibrary.group=" + artifact.group())
        + " -Dlibrary="
        + artifact.name()
        + (artifact.version().isEmpty() ? "" : " -Dlibrary.version=" + artifact.version());
  }
}
