package io.fitroute.service;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.fitroute.export.ExportFolder;
import io.fitroute.export.Exports;
import io.fitroute.fit.FileReceiver;
import io.fitroute.fit.FitCheck;
import io.fitroute.inbox.Progress;
import io.fitroute.ledger.Ledger;
import io.fitroute.notice.Notices;
import io.fitroute.settings.Settings;
import io.fitroute.strava.Activities;
import io.fitroute.strava.AddressLimit;
import io.fitroute.strava.Admission;
import io.fitroute.strava.Application;
import io.fitroute.strava.Athletes;
import io.fitroute.strava.Budget;
import io.fitroute.strava.Callback;
import io.fitroute.strava.CallbackProbe;
import io.fitroute.strava.CodeAnswers;
import io.fitroute.strava.ConnectLimit;
import io.fitroute.strava.Deauthorizations;
import io.fitroute.strava.DetailsRetention;
import io.fitroute.strava.Handshake;
import io.fitroute.strava.IntervalsOriginals;
import io.fitroute.strava.Originals;
import io.fitroute.strava.Pauses;
import io.fitroute.strava.Problems;
import io.fitroute.strava.Revocations;
import io.fitroute.strava.SessionCredential;
import io.fitroute.strava.Signatures;
import io.fitroute.strava.SportTypes;
import io.fitroute.strava.StravaAnswers;
import io.fitroute.strava.SubscriptionAnswers;
import io.fitroute.strava.SubscriptionKeeper;
import io.fitroute.strava.Subscriptions;
import io.fitroute.strava.TokenAnswers;
import io.fitroute.strava.TokenSeeds;
import io.fitroute.strava.TokenStore;
import io.fitroute.strava.Tokens;
import io.fitroute.strava.UnknownOwners;
import io.fitroute.strava.WebhookEvents;
import io.fitroute.strava.streams.FitFromStreams;
import io.fitroute.strava.streams.SoftwareVersion;
import io.fitroute.strava.streams.StreamAnswers;
import io.fitroute.strava.streams.StreamsExport;
import io.fitroute.transfer.UnreadAnswers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.camel.main.Main;

/**
 * What routes name of Strava: tokens, budget, answers, the ways to a FIT file; and of the webhook:
 * who may post, what is an event, and which subscription is ours.
 */
record StravaBeans(Main main, Settings settings, Ledger ledger, Notices notices, Clock clock) {

  void bind(Athletes athletes, Tokens tokens, TokenSeeds seeds, ExportFolder exports) {
    Pauses pauses = new Pauses(ledger, clock);
    Budget budget = new Budget(ledger, pauses, settings.integer("budget.reserve"), clock);
    StravaAnswers answers = new StravaAnswers(budget, athletes, notices);
    SportTypes sportTypes = new SportTypes(settings.list("strava.sport-types"));
    boolean manualWanted = settings.choice("strava.manual").equals("include");
    boolean detailsStored = settings.choice("strava.store-details").equals("true");
    Activities activities = new Activities(ledger, sportTypes, manualWanted, detailsStored, clock);
    Cache<Object, Object> details =
        Caffeine.newBuilder().maximumSize(200).expireAfterWrite(Duration.ofHours(2)).build();
    main.bind("unreadAnswers", new UnreadAnswers(settings.duration("strava.timeout")));
    main.bind("sinkAnswers", new UnreadAnswers(settings.duration("sink.timeout")));
    main.bind("budget", budget);
    main.bind("athletes", athletes);
    main.bind("tokens", tokens);
    main.bind("tokenSeeds", seeds);
    main.bind("tokenAnswers", new TokenAnswers());
    main.bind("stravaAnswers", answers);
    main.bind("streamAnswers", new StreamAnswers(answers));
    main.bind("sportTypes", sportTypes);
    main.bind("activities", activities);
    main.bind("activity-details", details);
    main.bind(
        "detailsRetention",
        new DetailsRetention(
            ledger, detailsStored, settings.integer("retention.details-days"), clock));
    main.bind("deauthorizations", new Deauthorizations(ledger, clock));
    bindExports(tokens, activities, pauses, exports);
  }

  private void bindExports(
      Tokens tokens, Activities activities, Pauses pauses, ExportFolder exports) {
    FitCheck check = new FitCheck();
    main.bind("exports", new Exports(settings.list("fit.exports"), clock));
    main.bind("exportFolder", exports);
    main.bind(
        "streamsExport",
        new StreamsExport(new FitFromStreams(SoftwareVersion.ofProgram()), check, exports));
    FileReceiver receiver = new FileReceiver(check, settings.bytes("export.max-size"));
    main.bind(
        "intervalsOriginals",
        new IntervalsOriginals(
            settings.secret("intervals.api-key").isPresent(), receiver, exports));
    main.bind(
        "originals",
        new Originals(
            settings.url("strava.web-url"),
            new SessionCredential(settings.secret("strava.session-cookie")),
            tokens,
            activities,
            pauses,
            settings.duration("export.credential-pause"),
            receiver,
            exports,
            clock));
  }

  void bindConnect(
      Application application, Admission admission, TokenStore store, Subscriptions subscriptions) {
    main.bind("application", application);
    main.bind("admission", admission);
    main.bind("connectLimit", new ConnectLimit());
    main.bind("codeAnswers", new CodeAnswers(application));
    main.bind("revocations", new Revocations(application, store));
    main.bind("pageHeaders", new PageHeaders());
    main.bind("connectPage", new ConnectPage(settings.list("strava.sport-types"), subscriptions));
  }

  void bindWebhook(Subscriptions subscriptions) {
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
    main.bind(
        "unknownOwners",
        new UnknownOwners(ledger, settings.integer("webhook.unknown-owners"), clock));
  }

  void bindSubscription(Application application, Callback callback) {
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

  void bindHealth(BooleanSupplier started, Progress progress, Warnings warnings) {
    List<TroubleCheck> checks =
        List.of(
            new TroubleCheck(
                "start",
                () ->
                    started.getAsBoolean()
                        ? Optional.empty()
                        : Optional.of("the service is starting")),
            new TroubleCheck("ledger", new LedgerProbe(ledger)::trouble),
            new TroubleCheck("progress", progress::trouble));
    checks.forEach(check -> main.bind(check.getId() + "Check", check));
    main.bind("health", new Health(checks, warnings, clock));
    main.bind(
        "about", new About(settings.text("webhook.path"), settings.text("hevy.webhook-path")));
  }
}
