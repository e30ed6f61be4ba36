package io.fitroute.sink;

import java.nio.file.Path;
import org.apache.camel.Body;
import org.apache.camel.Header;
import org.apache.hc.client5.http.entity.mime.MultipartEntityBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;

/**
 * A file as part of a multipart form. (Camel's HTTP component can send one too, but under its local
 * name, and servers rely on the extension.)
 */
public final class FormFile {

  private final String field;

  /**
   * @param field the name of the form field
   */
  public FormFile(String field) {
    this.field = field;
  }

  /**
   * The form with the body, a file, named after the last part of the header {@code file}, with
   * {@code .fit} appended if it has no extension.
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
