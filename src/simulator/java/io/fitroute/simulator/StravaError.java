package io.fitroute.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The format of Strava's error bodies: a message and a list of errors. */
final class StravaError {

  private StravaError() {}

  /** A body with one error. */
  static ObjectNode body(String message, String resource, String field, String code) {
    ObjectNode document = Json.object().put("message", message);
    document
        .putArray("errors")
        .addObject()
        .put("resource", resource)
        .put("field", field)
        .put("code", code);
    return document;
  }
}
