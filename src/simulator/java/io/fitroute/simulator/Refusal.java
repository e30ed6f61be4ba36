package io.fitroute.simulator;

/** A refusal by an endpoint; the route configuration sends its response. */
final class Refusal extends RuntimeException {

  private final transient Reply reply;

  Refusal(Reply reply) {
    super("refused with status " + reply.status(), null, false, false);
    this.reply = reply;
  }

  Reply reply() {
    return reply;
  }

  /** The record does not exist or is not visible to the athlete. */
  static Refusal recordNotFound(String resource) {
    return new Refusal(Reply.fault(404, "Record Not Found", resource, "id", "invalid"));
  }

  /** The resource has none of the requested data. */
  static Refusal resourceNotFound() {
    return new Refusal(
        Reply.json(
            404, Json.object().put("message", "Resource Not Found").set("errors", Json.array())));
  }

  /** The token is invalid or insufficient. */
  static Refusal unauthorized(String resource, String field, String code) {
    return new Refusal(Reply.fault(401, "Authorization Error", resource, field, code));
  }

  /** The request is invalid. */
  static Refusal badRequest(String resource, String field, String code) {
    return new Refusal(Reply.fault(400, "Bad Request", resource, field, code));
  }

  /** The application may not do this. */
  static Refusal forbidden(String resource, String field, String code) {
    return new Refusal(Reply.fault(403, "Forbidden", resource, field, code));
  }
}
