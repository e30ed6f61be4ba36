package io.fitroute.simulator;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An athlete's decision on the consent page.
 *
 * @param athleteId the athlete
 * @param allowed whether the application may connect
 * @param scope the selected scopes; empty for all requested ones
 */
record Consent(long athleteId, boolean allowed, Optional<Set<String>> scope) {

  /** The decision in the query, which needs no person; empty if there is none. */
  static Optional<Consent> asked(Request request, Collection<SimulatedAthlete> athletes) {
    return Optional.ofNullable(request.query().get("fake_consent"))
        .map(
            answer ->
                new Consent(
                    athlete(request, athletes),
                    answer.equals("allow"),
                    Optional.ofNullable(request.query().get("fake_scope")).map(Scopes::parse)));
  }

  /** The decision in the page's form. */
  static Consent given(Request request, Collection<SimulatedAthlete> athletes) {
    Set<String> ticked =
        Scopes.ALL.stream()
            .filter(scope -> request.form().containsKey("tick_" + scope))
            .collect(Collectors.toSet());
    boolean allowed = "allow".equals(request.form().get("decision"));
    return new Consent(athlete(request, athletes), allowed, Optional.of(ticked));
  }

  private static long athlete(Request request, Collection<SimulatedAthlete> athletes) {
    String chosen = request.parameter("fake_athlete").orElse("");
    return athletes.stream()
        .map(SimulatedAthlete::id)
        .filter(id -> chosen.isEmpty() || chosen.equals(Long.toString(id)))
        .findFirst()
        .orElseThrow(() -> Refusal.badRequest("Athlete", "fake_athlete", "invalid"));
  }
}
