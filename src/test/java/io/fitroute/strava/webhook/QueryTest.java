package io.fitroute.strava.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Size;

class QueryTest {

  @Property(tries = 200)
  void findsWhatIsGivenOnce(
      @ForAll @Size(min = 1, max = 4)
          Map<
                  @CharRange(from = ' ', to = '\u024F') String,
                  @CharRange(from = ' ', to = '\u024F') String>
              parameters) {
    Query query =
        new Query(
            parameters.entrySet().stream()
                .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
                .collect(Collectors.joining("&")));

    parameters.forEach(
        (name, value) ->
            assertThat(query.only(name))
                .isEqualTo(Optional.of(value).filter(text -> !text.isEmpty())));
  }

  @Example
  void whatIsGivenTwiceOrWithoutAValueIsNotThere() {
    Query query = new Query("a=1&b=2&a=1&c&d=&e=x=y&=z");

    assertThat(query.only("a")).isEmpty();
    assertThat(query.only("b")).contains("2");
    assertThat(query.only("c")).isEmpty();
    assertThat(query.only("d")).isEmpty();
    assertThat(query.only("e")).contains("x=y");
    assertThat(query.only("")).contains("z");
    assertThat(query.only("f")).isEmpty();
    assertThat(new Query("").only("a")).isEmpty();
  }

  @Example
  void aBrokenEncodingIsRefused() {
    assertThatThrownBy(() -> new Query("a=%zz")).isInstanceOf(IllegalArgumentException.class);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
