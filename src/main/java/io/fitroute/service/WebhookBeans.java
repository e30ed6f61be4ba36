package io.fitroute.service;

import io.fitroute.ledger.Ledger;
import io.fitroute.notice.Notices;
import io.fitroute.settings.Settings;
import io.fitroute.strava.AddressLimit;
import io.fitroute.strava.Application;
import io.fitroute.strava.Callback;
import io.fitroute.strava.CallbackProbe;
import io.fitroute.strava.Handshake;
import io.fitroute.strava.Problems;
import io.fitroute.strava.Signatures;
import io.fitroute.strava.SubscriptionAnswers;
import io.fitroute.strava.SubscriptionKeeper;
import io.fitroute.strava.Subscriptions;
import io.fitroute.strava.WebhookEvents;
import java.time.Clock;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.apache.camel.main.Main;

/**
 * What routes name of the webhook: who may post, what is an event, and which subscription is ours.
 */
record WebhookBeans(Main main, Settings settings, Ledger ledger, Clock clock) {

  void bind(Subscriptions subscriptions) {
    Problems problems = new Problems();
    main.bind("problems", problems);
    main.bind("addressLimit", new AddressLimit(settings.integer("webhook.address-limit")));
    main.bind("handshake", new Handshake(settings.secret("strava.verify-token"), problems));
    main.bind(
        "signatures",
        new Signatures(
            Signatures.Mode.valueOf(settings.choice("webhook.signature").toUpperCase(Locale.ROOT)),
            settings.secret("webhook.signing-secret"),
            clock));
    main.bind("webhookEvents", new WebhookEvents());
    main.bind("subscriptions", subscriptions);
  }

  void bindSubscription(Application application, Callback callback, Notices notices) {
    main.bind("callback", callback);
    main.bind("callbackProbe", new CallbackProbe(callback));
    main.bind("subscriptionAnswers", new SubscriptionAnswers(application));
    main.bind(
        "subscriptionKeeper",
        new SubscriptionKeeper(
            callback,
            SubscriptionKeeper.Leave.valueOf(
                settings.choice("webhook.subscription").toUpperCase(Locale.ROOT)),
            notices,
            clock));
  }

  void bindHealth(BooleanSupplier started, Warnings warnings) {
    LedgerProbe probe = new LedgerProbe(ledger);
    main.bind("health", new Health(started, probe, warnings, clock));
    main.bind("ledgerCheck", new LedgerCheck(probe));
    main.bind("about", new About(settings.text("webhook.path")));
  }
}
