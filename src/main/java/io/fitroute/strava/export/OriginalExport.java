package io.fitroute.strava.export;

import io.fitroute.export.ExportFolder;
import io.fitroute.export.ExportRefused;
import io.fitroute.export.ExportRefused.Kind;
import io.fitroute.export.ExportedFile;
import io.fitroute.export.Exports;
import io.fitroute.fit.FileFormat;
import io.fitroute.fit.FileReceiver;
import io.fitroute.fit.FitCheck;
import io.fitroute.fit.FitReport;
import io.fitroute.fit.ReceivedFile;
import io.fitroute.fit.UnacceptableFile;
import io.fitroute.inbox.Event;
import io.fitroute.settings.Settings;
import io.fitroute.strava.activity.Activities;
import io.fitroute.strava.api.Cooldowns;
import io.fitroute.strava.oauth.Tokens;
import io.fitroute.system.SystemServices;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Obtains the uploaded file from Strava's web site: {@code /activities/ID/export_original}.
 *
 * <p>The API has no such function. The site responds with the file, directly or after a redirect to
 * a file store. It redirects a session that it does not accept to the login page, or responds with
 * 401. An HTML page may mean the same, or that a single activity has no file. The content is judged
 * by its bytes alone.
 */
public final class OriginalExport {

  /** The variable with the next address to request; empty once there is a response. */
  static final String LOCATION = "location";

  /** The variable with the {@link ReceivedFile} of an original that is not FIT. */
  static final String FOREIGN_ORIGINAL = "foreignOriginal";

  /** The variable with the number of bytes after the last checksum of an original. */
  static final String TRAILING_BYTES = "trailingBytes";

  private static final String PROVENANCE = "original";

  private static final Logger LOG = LoggerFactory.getLogger(OriginalExport.class);
  private static final String HOPS = "hops";
  private static final String TRIAL = "FitrouteCredentialTrial";
  private static final int MOST_REDIRECTS = 5;
  private static final Pattern LOGIN = Pattern.compile("/(login|session|register)(/.*)?");

  private final URI webUrl;
  private final SessionCredential session;
  private final Tokens tokens;
  private final Activities activities;
  private final Cooldowns cooldowns;
  private final Duration pause;
  private final FileReceiver receiver;
  private final ExportFolder folder;
  private final Clock clock;
  private final CredentialTrials trials;

  /**
   * @param webUrl Strava's web site
   * @param pause how long a credential that cannot export is not tried
   * @param folder where files are kept until they are delivered
   */
  public OriginalExport(
      URI webUrl,
      SessionCredential session,
      Tokens tokens,
      Activities activities,
      Cooldowns cooldowns,
      Duration pause,
      FileReceiver receiver,
      ExportFolder folder,
      SystemServices services) {
    this.webUrl = webUrl;
    this.session = session;
    this.tokens = tokens;
    this.activities = activities;
    this.cooldowns = cooldowns;
    this.pause = pause;
    this.receiver = receiver;
    this.folder = folder;
    this.clock = services.clock();
    this.trials = new CredentialTrials(services);
  }

  /** Takes the web site, the session and the limits from the settings. */
  public static OriginalExport of(
      Settings settings,
      Tokens tokens,
      Activities activities,
      Cooldowns cooldowns,
      FitCheck check,
      ExportFolder folder,
      SystemServices services) {
    return new OriginalExport(
        settings.url("strava.web-url"),
        new SessionCredential(settings.secret("strava.session-cookie")),
        tokens,
        activities,
        cooldowns,
        settings.duration("export.credential-pause"),
        new FileReceiver(check, settings.bytes("export.max-size")),
        folder,
        services);
  }

  /**
   * Starts with the address of the original. May wait until it is known whether the credential
   * works; must be followed by {@link #end}.
   *
   * @throws ExportRefused while the credential is known to be unable to export
   */
  public void begin(Exchange exchange) throws InterruptedException {
    Event event = event(exchange);
    exchange.setProperty(TRIAL, trials.begin(subject(event)));
    cooldowns
        .of(subject(event))
        .ifPresent(
            known -> {
              throw new ExportRefused(Kind.CREDENTIAL, known.reason(), known.until());
            });
    exchange.setVariable(HOPS, 0);
    exchange.setVariable(LOCATION, webUrl + "/activities/" + event.objectId() + "/export_original");
  }

  /** Ends what {@link #begin} started, whatever the result. */
  public void end(Exchange exchange) {
    if (exchange.removeProperty(TRIAL) instanceof CredentialTrials.Trial trial) {
      trial.close();
    }
  }

  /** Prepares the request; the credential is sent to Strava's own site only. */
  public void address(Exchange exchange) {
    URI location = location(exchange);
    exchange.getMessage().removeHeaders("*");
    exchange.getMessage().setBody(null);
    exchange.getMessage().setHeader(Exchange.HTTP_METHOD, "GET");
    exchange.getMessage().setHeader(Exchange.HTTP_URI, location.toString());
    if (isStrava(location)) {
      Optional<String> cookie = session.cookie();
      if (cookie.isPresent()) {
        exchange.getMessage().setHeader("Cookie", cookie.get());
      } else {
        String token = tokens.accessToken(event(exchange).ownerId());
        exchange.getMessage().setHeader("Authorization", "Bearer " + token);
      }
    }
  }

  private boolean isStrava(URI location) {
    return webUrl.getScheme().equalsIgnoreCase(location.getScheme())
        && webUrl.getHost().equalsIgnoreCase(location.getHost())
        && port(webUrl) == port(location);
  }

  private static int port(URI location) {
    if (location.getPort() >= 0) {
      return location.getPort();
    }
    return location.getScheme().equalsIgnoreCase("https") ? 443 : 80;
  }

  /**
   * Checks a response: a file ends the search, a redirect continues it.
   *
   * @throws ExportRefused for everything else
   */
  public void judge(Exchange exchange) throws IOException {
    int status = exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
    switch (status) {
      case 200 -> receive(exchange);
      case 301, 302, 303, 307, 308 -> follow(exchange);
      case 401, 403 -> throw refused(exchange, status);
      case 404 -> throw new ExportRefused(Kind.ABSENT, "Strava has no original of it");
      default ->
          throw new ExportRefused(
              Kind.PASSING, "Strava's web site answered " + status + " for the original");
    }
  }

  /** A file store outside Strava does not judge the credential. */
  private ExportRefused refused(Exchange exchange, int status) {
    if (!isStrava(location(exchange))) {
      return new ExportRefused(
          Kind.PASSING, "the redirect target for the original answered " + status);
    }
    return status == 401
        ? cannotExport(exchange, "answered 401")
        : showsPage(exchange, "answered 403");
  }

  private static URI location(Exchange exchange) {
    return URI.create(exchange.getVariable(LOCATION, String.class));
  }

  private void follow(Exchange exchange) {
    String target = exchange.getMessage().getHeader("Location", "", String.class);
    URI to = resolve(location(exchange), target);
    if (isLogin(to)) {
      throw cannotExport(exchange, "redirected to the login page");
    }
    int hops = exchange.getVariable(HOPS, Integer.class) + 1;
    if (hops > MOST_REDIRECTS) {
      throw new ExportRefused(
          Kind.PASSING, "more than " + MOST_REDIRECTS + " redirects for the original");
    }
    exchange.setVariable(HOPS, hops);
    exchange.setVariable(LOCATION, to.toString());
  }

  private static URI resolve(URI from, String target) {
    try {
      URI to = from.resolve(target.strip());
      boolean secureEnough =
          "https".equalsIgnoreCase(to.getScheme()) || from.getScheme().equalsIgnoreCase("http");
      boolean web =
          "http".equalsIgnoreCase(to.getScheme()) || "https".equalsIgnoreCase(to.getScheme());
      if (!target.isBlank()
          && web
          && secureEnough
          && to.getHost() != null
          && to.getUserInfo() == null) {
        return to;
      }
    } catch (IllegalArgumentException e) {
      // as for any other invalid address
    }
    throw new ExportRefused(Kind.PASSING, "an invalid redirect for the original");
  }

  /**
   * Whether it is one of Strava's login pages. Seen: {@code /login}, {@code /session} and {@code
   * /register/free}.
   */
  private boolean isLogin(URI location) {
    String domain = webUrl.getHost().toLowerCase(Locale.ROOT).replaceFirst("^www\\.", "");
    String host = location.getHost().toLowerCase(Locale.ROOT);
    return (host.equals(domain) || host.endsWith("." + domain))
        && LOGIN.matcher(String.valueOf(location.getPath())).matches();
  }

  private void receive(Exchange exchange) throws IOException {
    exchange.setVariable(LOCATION, "");
    Event event = event(exchange);
    Path target = folder.place(exchange, PROVENANCE);
    ReceivedFile file;
    try (InputStream body = exchange.getMessage().getBody(InputStream.class)) {
      file = receiver.receive(body == null ? InputStream.nullInputStream() : body, target);
    } catch (UnacceptableFile e) {
      throw refusal(exchange, e);
    }
    trials.worked(subject(event));
    activities.recordOriginal(event.objectId(), file.format());
    if (file.format() != FileFormat.FIT) {
      exchange.setVariable(FOREIGN_ORIGINAL, file);
      throw new ExportRefused(Kind.FOREIGN, "the original is " + file.format() + ", not FIT");
    }
    exchange.setVariable(Exports.REPORT, file.fit().orElse(null));
    exchange.setVariable(TRAILING_BYTES, file.fit().map(FitReport::trailingBytes).orElse(0L));
    exchange.setVariable(
        Exports.EXPORT, new ExportedFile(file.path(), PROVENANCE, file.size(), file.sha256()));
  }

  private ExportRefused refusal(Exchange exchange, UnacceptableFile found) {
    return switch (found.kind()) {
      case HTML -> showsPage(exchange, "answered with a web page instead of a file");
      case TRUNCATED ->
          new ExportRefused(Kind.PASSING, "the original is incomplete: " + found.getMessage());
      case EMPTY -> new ExportRefused(Kind.ABSENT, "the original is empty");
      default ->
          new ExportRefused(Kind.UNUSABLE, "the original is unusable: " + found.getMessage());
    };
  }

  /**
   * Such a page may concern a single activity. Therefore a session is only considered refused when
   * another activity gets one too, without a file in between. A token has never worked and needs no
   * second try.
   */
  private ExportRefused showsPage(Exchange exchange, String what) {
    Event event = event(exchange);
    boolean single =
        session.cookie().isPresent() && trials.isOnlyOne(subject(event), event.objectId());
    return single
        ? new ExportRefused(Kind.PASSING, "Strava's web site " + what + " for the original")
        : cannotExport(exchange, what);
  }

  private ExportRefused cannotExport(Exchange exchange, String what) {
    Instant until = clock.instant().plus(pause);
    String reason = "the " + session + " cannot export originals: Strava's web site " + what;
    String subject = subject(event(exchange));
    trials.failed(subject);
    cooldowns.set(subject, until, reason);
    LOG.info("{}; not used again until {}", reason, until.truncatedTo(ChronoUnit.SECONDS));
    return new ExportRefused(Kind.CREDENTIAL, reason, until);
  }

  /** A new session has a new subject, so it is tried at once. */
  private String subject(Event event) {
    return "export-original/"
        + session
            .fingerprint()
            .map(fingerprint -> "session-" + fingerprint)
            .orElse("athlete-" + event.ownerId());
  }

  private static Event event(Exchange exchange) {
    return exchange.getVariable("event", Event.class);
  }
}
