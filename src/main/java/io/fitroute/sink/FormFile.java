package io.fitroute.sink;

import java.nio.file.Path;
import org.apache.camel.Body;
import org.apache.camel.Header;
import org.apache.hc.client5.http.entity.mime.MultipartEntityBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;

/**
 * A file as browsers send it with a form. (Camel's HTTP component does so too, but names the file
 * as it is called here, and servers go by the ending.)
 */
public final class FormFile {

  private final String field;

  /**
   * @param field the name of the form's field
   */
  public FormFile(String field) {
    this.field = field;
  }

  /**
   * The form that holds the body, a file, named as the last part of the header {@code file}, with
   * {@code .fit} behind it if that has no ending.
   */
  public HttpEntity form(@Body Path file, @Header("file") String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return MultipartEntityBuilder.create()
        .addBinaryBody(
            field,
            file.toFile(),
            ContentType.APPLICATION_OCTET_STREAM,
            name.contains(".") ? name : name + ".fit")
        .build();
  }
}
