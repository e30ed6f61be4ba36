package io.fitroute.doctor;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * What was found about one subject.
 *
 * @param subject such as {@code disk}
 * @param what was found, one line
 * @param why it matters; empty if all is well
 * @param fix what to do, exactly; empty if all is well
 */
public record Finding(String subject, Verdict verdict, String what, String why, String fix) {

  /** How bad it is. */
  public enum Verdict {
    GOOD,
    /** It works, but not as well as it could, or not for long. */
    WARNING,
    /** It does not work. */
    TROUBLE,
    /** It does not work until something is set up or somebody gives a permission. */
    NOT_CONFIGURED;

    /** Such as {@code not-configured}. */
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
