package io.fitroute.simulator;

/** A request that an endpoint refuses; the route's configuration sends the answer it carries. */
final class Refusal extends RuntimeException {

  private final transient Reply reply;

  Refusal(Reply reply) {
    super("refused with status " + reply.status(), null, false, false);
    this.reply = reply;
  }

  Reply reply() {
    return reply;
  }

  /** No such thing, or not to be seen by this athlete. */
  static Refusal recordNotFound(String resource) {
    return new Refusal(Reply.fault(404, "Record Not Found", resource, "id", "invalid"));
  }

  /** Something is there but has none of what was asked for. */
  static Refusal resourceNotFound() {
    return new Refusal(
        Reply.json(
            404, Json.object().put("message", "Resource Not Found").set("errors", Json.array())));
  }

  /** The token does not count or does not suffice. */
  static Refusal unauthorized(String resource, String field, String code) {
    return new Refusal(Reply.fault(401, "Authorization Error", resource, field, code));
  }

  /** The request itself is wrong. */
  static Refusal badRequest(String resource, String field, String code) {
    return new Refusal(Reply.fault(400, "Bad Request", resource, field, code));
  }

  /** The application may not do this. */
  static Refusal forbidden(String resource, String field, String code) {
    return new Refusal(Reply.fault(403, "Forbidden", resource, field, code));
  }
}
