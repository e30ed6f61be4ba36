package io.fitroute.simulator;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The original file as the athlete's browser gets it, and what anyone else gets instead. */
final class WebExport {

  private static final int LONGEST_FILE_NAME = 80;
  private static final String LOGIN_PAGE =
      """
      <!DOCTYPE html>
      <html lang="en"><head><title>Log In | Strava</title></head>
      <body><h1>Log In</h1><form action="/session" method="post">
      <input name="email"><input name="password" type="password"></form></body></html>
      """;
  private static final String NOT_FOUND_PAGE =
      """
      <!DOCTYPE html>
      <html lang="en"><head><title>Strava | Error 404</title></head>
      <body><h1>Page Not Found</h1></body></html>
      """;

  private final Accounts accounts;
  private final Grants grants;
  private final SimulatedActivities activities;
  private final ActivityCache cache;
  private final ExportPolicy policy;
  private final Map<String, Long> signedLinks = new ConcurrentHashMap<>();

  WebExport(
      Accounts accounts,
      Grants grants,
      SimulatedActivities activities,
      ActivityCache cache,
      ExportPolicy policy) {
    this.accounts = accounts;
    this.grants = grants;
    this.activities = activities;
    this.cache = cache;
    this.policy = policy;
  }

  /** The original of an activity, for its owner. */
  public Reply original(Request request) {
    Optional<Long> visitor = visitor(request);
    if (visitor.isEmpty()) {
      return refuse();
    }
    Optional<SimulatedActivity> activity =
        request.id().stream()
            .boxed()
            .findFirst()
            .flatMap(activities::find)
            .filter(found -> found.athleteId() == visitor.get())
            .filter(SimulatedActivity::hasOriginal);
    return activity.map(found -> hand(found, request)).orElseGet(WebExport::notFound);
  }

  /** A file by the link that a redirect gave: whoever has the link gets it. */
  public Reply signedFile(Request request) {
    return Optional.ofNullable(request.query().get("signature"))
        .map(signedLinks::get)
        .flatMap(activities::find)
        .map(this::file)
        .orElseGet(() -> Reply.empty(403));
  }

  /** The login page. */
  public Reply login() {
    return Reply.html(200, LOGIN_PAGE);
  }

  private Optional<Long> visitor(Request request) {
    Optional<Long> session = accounts.ofCookies(request.cookies());
    boolean bearerCounts = policy.bearerExport() == BearerExport.ALLOWED;
    return session.or(
        () ->
            bearerCounts
                ? request.bearer().flatMap(grants::access).map(Grants.Access::athleteId)
                : Optional.empty());
  }

  private Reply refuse() {
    return switch (policy.bearerExport()) {
      case UNAUTHORIZED -> Reply.empty(401);
      case LOGIN_PAGE -> login();
      case LOGIN_REDIRECT, ALLOWED -> Reply.redirect("/login");
    };
  }

  private static Reply notFound() {
    return Reply.html(404, NOT_FOUND_PAGE);
  }

  private Reply hand(SimulatedActivity activity, Request request) {
    if (!policy.byOtherHost()) {
      return file(activity);
    }
    String signature = UUID.randomUUID().toString();
    signedLinks.put(signature, activity.id());
    return Reply.redirect(
        "http://"
            + otherName(request.host())
            + "/cdn/"
            + activity.id()
            + "?signature="
            + signature);
  }

  /** The same machine under its other loopback name, which is another host to any client. */
  private static String otherName(String host) {
    return host.startsWith("localhost")
        ? host.replaceFirst("localhost", "127.0.0.1")
        : host.replaceFirst("^[^:]+", "localhost");
  }

  private Reply file(SimulatedActivity activity) {
    Reply reply =
        activity
            .originalFile()
            .map(Reply::file)
            .orElseGet(() -> Reply.bytes(cache.original(activity)));
    return reply.with("Content-Disposition", disposition(activity));
  }

  /** Strava takes the dots out of the base name, so that any dot begins the extension. */
  private static String disposition(SimulatedActivity activity) {
    String ending = "." + activity.original().extension() + (activity.gzipped() ? ".gz" : "");
    int length = Math.min(activity.name().length(), LONGEST_FILE_NAME);
    String base = activity.name().substring(0, length).replace(".", "").replace(' ', '_');
    String plain = base.replaceAll("[^A-Za-z0-9_-]", "_") + ending;
    String encoded =
        URLEncoder.encode(base, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A");
    return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + encoded + ending;
  }
}
