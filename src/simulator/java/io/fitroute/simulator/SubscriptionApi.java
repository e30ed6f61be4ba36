package io.fitroute.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Push subscriptions: create with a check of the callback, view, delete. */
final class SubscriptionApi {

  private final Application application;
  private final Subscriptions subscriptions;
  private final CallbackCheck check;

  SubscriptionApi(Application application, Subscriptions subscriptions, CallbackCheck check) {
    this.application = application;
    this.subscriptions = subscriptions;
    this.check = check;
  }

  /** Creates the subscription after checking the callback, while the caller waits. */
  public Reply create(Request request) throws InterruptedException {
    application.authenticate(request);
    if (subscriptions.current().isPresent()) {
      throw alreadyExists();
    }
    String callbackUrl = request.parameter("callback_url").orElse("");
    check.verify(callbackUrl, request.parameter("verify_token").orElse(""));
    Subscription made =
        subscriptions.putIfNone(callbackUrl).orElseThrow(SubscriptionApi::alreadyExists);
    return Reply.json(201, document(made, made.createdAt()));
  }

  /** A list with the subscription, or an empty list. */
  public Reply view(Request request) {
    application.authenticate(request);
    ArrayNode list = Json.array();
    subscriptions
        .current()
        .ifPresent(
            found -> list.add(document(found, found.createdAt().truncatedTo(ChronoUnit.SECONDS))));
    return Reply.json(200, list);
  }

  /** Ends the subscription. */
  public Reply delete(Request request) {
    application.authenticate(request);
    if (!subscriptions.remove(request.id().orElse(0))) {
      throw Refusal.recordNotFound("PushSubscription");
    }
    return Reply.empty(204);
  }

  private static Refusal alreadyExists() {
    return Refusal.badRequest("PushSubscription", "", "already exists");
  }

  private ObjectNode document(Subscription subscription, Instant time) {
    return Json.object()
        .put("id", subscription.id())
        .put("resource_state", 2)
        .put("application_id", application.clientId())
        .put("callback_url", subscription.callbackUrl())
        .put("created_at", time.toString())
        .put("updated_at", time.toString());
  }
}
