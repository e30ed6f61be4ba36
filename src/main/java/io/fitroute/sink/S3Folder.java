package io.fitroute.sink;

import io.fitroute.fit.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.util.TimeUtils;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * A prefix in a bucket of S3 or a compatible server. One request creates an object whole, and the
 * server checks its MD5; the SHA-256 is stored as the metadata {@code sha256}.
 *
 * <p>Camel's component is not used because it has no time-outs and sends checksums that only Amazon
 * supports.
 */
public final class S3Folder implements Folder, AutoCloseable {

  private static final String SHA256 = "sha256";
  private static final int NOT_FOUND = 404;
  private static final int PRECONDITION_FAILED = 412;
  private static final int NOT_IMPLEMENTED = 501;

  private String endpoint = "";
  private String region = "us-east-1";
  private String bucket = "";
  private String prefix = "";
  private boolean pathStyle;
  private String storageClass = "";
  private String encryption = "";
  private String kmsKey = "";
  private String accessKey = "";
  private String secretKey = "";
  private String timeout = "30s";
  private Optional<S3Client> client = Optional.empty();

  @Override
  public Connection open() throws IOException {
    return new Session(client());
  }

  private synchronized S3Client client() throws IOException {
    if (client.isEmpty()) {
      try {
        client = Optional.of(newClient());
      } catch (SdkException failure) {
        throw trouble(failure);
      }
    }
    return client.get();
  }

  private S3Client newClient() {
    Duration patience = Duration.ofMillis(TimeUtils.toMilliSeconds(timeout));
    S3ClientBuilder builder =
        S3Client.builder()
            .region(Region.of(region))
            .credentialsProvider(credentials())
            .serviceConfiguration(
                // one signed body, which every server supports
                S3Configuration.builder()
                    .pathStyleAccessEnabled(pathStyle)
                    .chunkedEncodingEnabled(false)
                    .build())
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .overrideConfiguration(
                configuration -> configuration.retryStrategy(retry -> retry.maxAttempts(1)))
            .httpClient(new S3Requests(new TimedRequests(patience)));
    if (!endpoint.isEmpty()) {
      builder.endpointOverride(URI.create(endpoint));
    }
    return builder.build();
  }

  private AwsCredentialsProvider credentials() {
    return accessKey.isEmpty()
        ? DefaultCredentialsProvider.builder().build()
        : StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey));
  }

  private IOException trouble(SdkException failure) {
    String server = endpoint.isEmpty() ? "s3://" + bucket : endpoint + "/" + bucket;
    return failure instanceof AwsServiceException refusal
        ? new IOException(server + ": " + reason(refusal), failure)
        : Trouble.with(server, failure);
  }

  private static String reason(AwsServiceException refusal) {
    if (refusal.awsErrorDetails() == null || refusal.awsErrorDetails().errorMessage() == null) {
      return "status " + refusal.statusCode();
    }
    return refusal.awsErrorDetails().errorCode() + ", " + refusal.awsErrorDetails().errorMessage();
  }

  private String key(String path) {
    String folder = prefix.replaceAll("^/+|/+$", "");
    return folder.isEmpty() ? path : folder + "/" + path;
  }

  private final class Session implements Connection {
    private final S3Client s3;

    Session(S3Client s3) {
      this.s3 = s3;
    }

    @Override
    public Optional<Stored> stat(String path) throws IOException {
      try {
        HeadObjectResponse head = s3.headObject(request -> request.bucket(bucket).key(key(path)));
        return Optional.of(
            new Stored(head.contentLength(), Optional.ofNullable(head.metadata().get(SHA256))));
      } catch (AwsServiceException refusal) {
        if (refusal.statusCode() == NOT_FOUND) {
          return Optional.empty();
        }
        throw trouble(refusal);
      } catch (SdkException failure) {
        throw trouble(failure);
      }
    }

    @Override
    public void send(Path file, String path) throws IOException {
      try {
        s3.putObject(request(file, path).build(), RequestBody.fromFile(file));
      } catch (SdkException failure) {
        throw trouble(failure);
      }
    }

    /** Not every server supports the condition; some respond that they do not. */
    @Override
    public boolean create(Path file, String temporary, String path) throws IOException {
      try {
        s3.putObject(request(file, path).ifNoneMatch("*").build(), RequestBody.fromFile(file));
      } catch (AwsServiceException refusal) {
        switch (refusal.statusCode()) {
          case PRECONDITION_FAILED -> {
            return false;
          }
          case NOT_IMPLEMENTED -> send(file, path);
          default -> throw trouble(refusal);
        }
      } catch (SdkException failure) {
        throw trouble(failure);
      }
      return true;
    }

    @Override
    public void overwrite(Path file, String temporary, String path) throws IOException {
      send(file, path);
    }

    private PutObjectRequest.Builder request(Path file, String path) throws IOException {
      return PutObjectRequest.builder()
          .bucket(bucket)
          .key(key(path))
          .contentType("application/octet-stream")
          .contentMD5(md5(file))
          .metadata(Map.of(SHA256, Sha256.of(file)))
          .storageClass(unlessEmpty(storageClass))
          .serverSideEncryption(unlessEmpty(encryption))
          .ssekmsKeyId(unlessEmpty(kmsKey));
    }

    @Override
    public InputStream read(String path) throws IOException {
      try {
        return s3.getObject(request -> request.bucket(bucket).key(key(path)));
      } catch (SdkException failure) {
        throw trouble(failure);
      }
    }

    /** In Amazon's library null means not set. */
    private static String unlessEmpty(String value) {
      return value.isEmpty() ? null : value;
    }

    @Override
    public boolean rename(String from, String to) throws IOException {
      if (stat(to).isPresent()) {
        return false;
      }
      replace(from, to);
      return true;
    }

    /** S3 has no rename. The copy is complete before the original is removed. */
    @Override
    public void replace(String from, String to) throws IOException {
      CopyObjectRequest request =
          CopyObjectRequest.builder()
              .sourceBucket(bucket)
              .sourceKey(key(from))
              .destinationBucket(bucket)
              .destinationKey(key(to))
              .storageClass(unlessEmpty(storageClass))
              .serverSideEncryption(unlessEmpty(encryption))
              .ssekmsKeyId(unlessEmpty(kmsKey))
              .build();
      try {
        s3.copyObject(request);
      } catch (SdkException failure) {
        throw trouble(failure);
      }
      remove(from);
    }

    @Override
    public void remove(String path) throws IOException {
      try {
        s3.deleteObject(request -> request.bucket(bucket).key(key(path)));
      } catch (SdkException failure) {
        throw trouble(failure);
      }
    }

    @Override
    public void close() {
      // the client keeps its connections for reuse
    }
  }

  private static String md5(Path file) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      try (InputStream content = new DigestInputStream(Files.newInputStream(file), digest)) {
        content.transferTo(OutputStream.nullOutputStream());
      }
      return Base64.getEncoder().encodeToString(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }

  @Override
  public synchronized void close() {
    client.ifPresent(S3Client::close);
    client = Optional.empty();
  }

  public void setEndpoint(String endpoint) {
    this.endpoint = endpoint;
  }

  public void setRegion(String region) {
    this.region = region;
  }

  public void setBucket(String bucket) {
    this.bucket = bucket;
  }

  public void setPrefix(String prefix) {
    this.prefix = prefix;
  }

  public void setPathStyle(boolean pathStyle) {
    this.pathStyle = pathStyle;
  }

  public void setStorageClass(String storageClass) {
    this.storageClass = storageClass;
  }

  public void setEncryption(String encryption) {
    this.encryption = encryption;
  }

  public void setKmsKey(String kmsKey) {
    this.kmsKey = kmsKey;
  }

  public void setAccessKey(String accessKey) {
    this.accessKey = accessKey;
  }

  public void setSecretKey(String secretKey) {
    this.secretKey = secretKey;
  }

  public void setTimeout(String timeout) {
    this.timeout = timeout;
  }
}
