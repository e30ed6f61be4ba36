package io.fitroute.simulator;

/**
 * An admitted API request.
 *
 * @param request the request
 * @param access the token's athlete and scope
 */
record ApiCall(Request request, Grants.Access access) {

  /**
   * Checks that the token's scope includes activities.
   *
   * @throws Refusal with status 401; a refreshed token cannot help
   */
  void requireActivityScope() {
    if (!Scopes.showActivities(access.scope())) {
      throw Refusal.unauthorized("AccessToken", "activity:read_permission", "missing");
    }
  }

  /**
   * Checks that the token may upload.
   *
   * @throws Refusal with status 401; refreshing the token cannot help
   */
  void requireWriteScope() {
    if (!access.scope().contains(Scopes.ACTIVITY_WRITE)) {
      throw Refusal.unauthorized("AccessToken", "activity:write_permission", "missing");
    }
  }

  /** Whether the token's athlete and scope include this activity. */
  boolean shows(SimulatedActivity activity) {
    boolean own = activity.athleteId() == access.athleteId();
    boolean hidden = activity.visibility() == Visibility.ONLY_ME;
    return own && (!hidden || access.scope().contains(Scopes.ACTIVITY_READ_ALL));
  }
}
