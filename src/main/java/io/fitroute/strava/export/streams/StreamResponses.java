package io.fitroute.strava.export.streams;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.fitroute.export.ExportRefused;
import io.fitroute.export.ExportRefused.Kind;
import io.fitroute.inbox.Event;
import io.fitroute.strava.api.ApiResponses;
import io.fitroute.strava.api.NotAvailable;
import io.fitroute.strava.api.StravaRefusal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Variable;

/** Gives each answer to a question for streams its meaning. */
public final class StreamResponses {

  private static final String KEYS =
      "time,distance,latlng,altitude,velocity_smooth,heartrate,cadence,watts,temp,moving,grade_smooth";

  private final ApiResponses answers;
  private final StreamSetReader reader = new StreamSetReader();

  public StreamResponses(ApiResponses answers) {
    this.answers = answers;
  }

  /** The resource of the streams that a file is written from. */
  public String resource(@Variable("objectId") String activityId) {
    return "activities/" + activityId + "/streams?keys=" + KEYS + "&key_by_type=true";
  }

  /**
   * Reads an answer. That there are no streams, Strava says by 404, or by an answer that is empty.
   *
   * @throws ExportRefused if no file can be made of it, now or ever
   * @throws RuntimeException as {@link ApiResponses#good} says, if nobody is to be asked now
   */
  public StreamSet read(
      @Header(Exchange.HTTP_RESPONSE_CODE) int status,
      @Body byte[] body,
      @Variable("athlete") String athleteId,
      @Variable("event") Event event) {
    try {
      return reader.read(new ByteArrayInputStream(answers.good(status, body, athleteId, event)));
    } catch (NotAvailable e) {
      return StreamSet.NONE;
    } catch (CannotSynthesise e) {
      throw new ExportRefused(Kind.UNUSABLE, "Strava's streams are unusable: " + e.getMessage());
    } catch (StravaRefusal e) {
      throw new ExportRefused(Kind.PASSING, "no streams: " + e.getMessage());
    } catch (JsonProcessingException e) {
      throw new ExportRefused(
          Kind.PASSING, "Strava's streams cannot be read: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new ExportRefused(Kind.PASSING, "Strava's streams are incomplete: " + e.getMessage());
    }
  }
}
