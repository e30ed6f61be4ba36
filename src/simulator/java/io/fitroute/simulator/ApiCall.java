package io.fitroute.simulator;

/**
 * An API request that was let in.
 *
 * @param request what was asked
 * @param access for whom, and what that token allows
 */
record ApiCall(Request request, Grants.Access access) {

  /**
   * Checks that the token shows activities at all.
   *
   * @throws Refusal with status 401; refreshing the token cannot help
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

  /** Whether the token shows this activity: one of its own athlete, and within its scope. */
  boolean shows(SimulatedActivity activity) {
    boolean own = activity.athleteId() == access.athleteId();
    boolean hidden = activity.visibility() == Visibility.ONLY_ME;
    return own && (!hidden || access.scope().contains(Scopes.ACTIVITY_READ_ALL));
  }
}
