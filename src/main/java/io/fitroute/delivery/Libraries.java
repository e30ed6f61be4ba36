package io.fitroute.delivery;

/** Which libraries are on the class path, by the names that kamelets give them. */
final class Libraries {

  private static final String CAMEL = "camel:";
  private static final String MAVEN = "mvn:";

  private Libraries() {}

  /**
   * Whether a library is there. Of names in another form that is taken for granted.
   *
   * @param name {@code camel:COMPONENT} or {@code mvn:GROUP:ARTIFACT}, with a version or without
   */
  static boolean isThere(String name) {
    if (name.startsWith(CAMEL)) {
      return isResource(
          "META-INF/services/org/apache/camel/component/" + name.substring(CAMEL.length()));
    }
    if (name.startsWith(MAVEN)) {
      String[] parts = name.substring(MAVEN.length()).split(":");
      return parts.length < 2
          || isResource("META-INF/maven/" + parts[0] + "/" + parts[1] + "/pom.properties");
    }
    return true;
  }

  private static boolean isResource(String name) {
    return Libraries.class.getClassLoader().getResource(name) != null;
  }
}
