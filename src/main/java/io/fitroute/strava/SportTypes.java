package io.fitroute.strava;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.Variable;

/** Which activities are wanted, by Strava's {@code sport_type}; case does not matter. */
public final class SportTypes {

  private final Set<String> wanted = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

  /**
   * @param wanted sport types, or {@code *} for all
   */
  public SportTypes(List<String> wanted) {
    this.wanted.addAll(wanted);
  }

  /** Whether an activity of this sport type is left out. */
  public boolean isUnwanted(@Variable("activity") Activity activity) {
    return isUnwanted(activity.sportType());
  }

  boolean isUnwanted(String sportType) {
    return !wanted.contains("*") && !wanted.contains(sportType);
  }
}
