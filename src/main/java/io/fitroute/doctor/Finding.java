package io.fitroute.doctor;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * The result of a check.
 *
 * @param subject such as {@code disk}
 * @param what the finding in one line
 * @param why its consequence; empty if all is well
 * @param fix the exact remedy; empty if all is well
 */
public record Finding(String subject, Verdict verdict, String what, String why, String fix) {

  /** The severity. */
  public enum Verdict {
    GOOD,
    /** It works, but not well or not for long. */
    WARNING,
    /** It does not work. */
    TROUBLE,
    /** It does not work until something is configured or permitted. */
    NOT_CONFIGURED;

    /** The name in reports, such as {@code not-configured}. */
    @JsonValue
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  static Finding good(String subject, String what) {
    return new Finding(subject, Verdict.GOOD, what, "", "");
  }

  static Finding warning(String subject, String what, String why, String fix) {
    return new Finding(subject, Verdict.WARNING, what, why, fix);
  }

  static Finding trouble(String subject, String what, String why, String fix) {
    return new Finding(subject, Verdict.TROUBLE, what, why, fix);
  }

  static Finding notConfigured(String subject, String what, String why, String fix) {
    return new Finding(subject, Verdict.NOT_CONFIGURED, what, why, fix);
  }
}
