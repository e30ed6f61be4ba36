package io.fitroute.sink;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.BlobStoreContext;
import org.jclouds.blobstore.domain.Blob;
import org.jclouds.blobstore.domain.MultipartUpload;
import org.jclouds.blobstore.domain.StorageMetadata;
import org.jclouds.blobstore.options.ListContainerOptions;
import org.jclouds.blobstore.options.PutOptions;
import org.jclouds.blobstore.util.ForwardingBlobStore;

/** An S3 server: S3Proxy, which keeps the objects in memory. */
final class S3Storage implements Storage {

  private static final String BUCKET = "runs";
  private static final String PREFIX = "ann/fit";

  private final Wire wire = new Wire();
  private final AtomicBoolean full = new AtomicBoolean();
  private final BlobStoreContext context;
  private final S3Proxy server;
  private final int port;

  S3Storage(Path root) throws Exception {
    Properties properties = new Properties();
    properties.setProperty("jclouds.filesystem.basedir", root.toString());
    context =
        ContextBuilder.newBuilder("transient")
            .credentials("identity", "credential")
            .overrides(properties)
            .build(BlobStoreContext.class);
    context.getBlobStore().createContainerInLocation(null, BUCKET);
    server =
        S3Proxy.builder()
            .blobStore(new Disk(context.getBlobStore()))
            .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, "key-of-ann", SinkContract.PASSWORD)
            .endpoint(URI.create("http://127.0.0.1:0"))
            .build();
    server.start();
    port = wire.lead(server.getPort());
  }

  @Override
  public Map<String, String> settings() {
    return Map.of(
        "s3.endpoint",
        "http://" + Wire.HOST + ":" + port,
        "s3.bucket",
        BUCKET,
        "s3.prefix",
        "/" + PREFIX + "/",
        "s3.path-style",
        "true",
        "s3.access-key",
        "key-of-ann",
        "s3.secret-key",
        SinkContract.PASSWORD);
  }

  @Override
  public Map<String, String> wrongCredentials() {
    return Map.of("s3.secret-key", "wrong-word");
  }

  BlobStore blobs() {
    return context.getBlobStore();
  }

  /** Multipart uploads that were neither completed nor aborted. */
  List<MultipartUpload> unfinishedUploads() {
    return blobs().listMultipartUploads(BUCKET);
  }

  @Override
  public SortedMap<String, byte[]> files() throws IOException {
    SortedMap<String, byte[]> files = new TreeMap<>();
    for (StorageMetadata one : blobs().list(BUCKET, ListContainerOptions.Builder.recursive())) {
      try (InputStream content = blobs().getBlob(BUCKET, one.getName()).getPayload().openStream()) {
        files.put(one.getName().replaceFirst("^" + PREFIX + "/", ""), content.readAllBytes());
      }
    }
    return files;
  }

  @Override
  public void put(String path, byte[] content) {
    blobs()
        .putBlob(
            BUCKET,
            blobs()
                .blobBuilder(PREFIX + "/" + path)
                .payload(content)
                .contentLength(content.length)
                .build());
  }

  @Override
  public void full(boolean now) {
    full.set(now);
  }

  @Override
  public Wire wire() {
    return wire;
  }

  @Override
  public void close() throws IOException {
    wire.close();
    try {
      server.stop();
    } catch (Exception e) {
      throw new IOException(e);
    }
    context.close();
  }

  private final class Disk extends ForwardingBlobStore {
    Disk(BlobStore store) {
      super(store);
    }

    @Override
    public String putBlob(String container, Blob blob) {
      refuseIfFull();
      return super.putBlob(container, blob);
    }

    @Override
    public String putBlob(String container, Blob blob, PutOptions options) {
      refuseIfFull();
      return super.putBlob(container, blob, options);
    }

    private void refuseIfFull() {
      if (full.get()) {
        throw new IllegalStateException("No space left on device");
      }
    }
  }
}
