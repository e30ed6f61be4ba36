package io.fitroute.fit.track;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version in FIT's form: a number with two decimal digits. */
final class SoftwareVersion {

  private static final Pattern SHAPE = Pattern.compile("(\\d{1,3})\\.(\\d{1,2})\\D.*");

  private SoftwareVersion() {}

  /** The version of the running program; 0 if it was not built as a jar. */
  static double ofProgram() {
    return Optional.ofNullable(SoftwareVersion.class.getPackage().getImplementationVersion())
        .map(SoftwareVersion::of)
        .orElse(0.0);
  }

  /** {@code 1.7.3} is 1.07; 0 for an invalid version. */
  static double of(String version) {
    Matcher matcher = SHAPE.matcher(version + " ");
    return matcher.matches()
        ? Integer.parseInt(matcher.group(1)) + Integer.parseInt(matcher.group(2)) / 100.0
        : 0;
  }
}
