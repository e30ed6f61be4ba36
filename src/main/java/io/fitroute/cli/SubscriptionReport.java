package io.fitroute.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fitroute.strava.PushSubscription;
import java.io.PrintWriter;
import java.util.Optional;

/**
 * The application's webhook subscription.
 *
 * @param finding in words
 * @param subscription the one there is now; absent if there is none
 * @param leadsHere whether it leads to this service; absent if that is not known
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SubscriptionReport(String finding, PushSubscription subscription, Boolean leadsHere)
    implements Report {

  static SubscriptionReport of(
      String finding, PushSubscription found, Optional<Boolean> leadsHere) {
    return new SubscriptionReport(finding, found, leadsHere.orElse(null));
  }

  static SubscriptionReport none(String finding) {
    return new SubscriptionReport(finding, null, null);
  }

  @Override
  public void print(PrintWriter out) {
    if (subscription == null) {
      out.println(finding);
    } else {
      out.println("subscription " + subscription.id() + " " + finding);
      out.println("  callback  " + Printable.line(subscription.callbackUrl()));
      out.println("  since     " + Printable.line(subscription.createdAt()));
    }
  }
}
