#include "migplan/verification/golden_signals.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "samples_builder.hpp"

namespace migplan {
namespace {

TEST_CASE("golden signals: of a load test") {
  LoadTest test;
  test.requests = 2000;
  test.failed = 1;
  test.p95 = Milliseconds::whole(120);
  const GoldenSignals signals = signals_of(test);
  REQUIRE(signals.success_rate);
  CHECK(signals.success_rate->share == Percent::from_steps(99'950'000));  // 1999 of 2000
  CHECK(signals.success_rate->tally->events == 1);
  CHECK(signals.p95->value == Milliseconds::whole(120));
  CHECK(signals.p95->is_exact());
  CHECK(signals.p95->samples == 2000);
  CHECK_FALSE(signals.p99);
  CHECK_FALSE(signals.http_5xx);  // a load test tells no statuses
  CHECK_FALSE(signals_of(LoadTest{}).success_rate);
}

TEST_CASE("golden signals: answers of 500 and above are bad, others are not") {
  SamplesBuilder made;
  made.once("http_requests_total", {{"code", "200"}, {"method", "get"}}, 9900)
      .once("http_requests_total", {{"code", "404"}, {"method", "get"}}, 90)
      .once("http_requests_total", {{"code", "503"}, {"method", "get"}}, 7)
      .once("http_requests_total", {{"code", "500"}, {"method", "put"}}, 3);
  const GoldenSignals signals = signals_of(made.made());
  REQUIRE(signals.http_5xx);
  CHECK(signals.http_5xx->tally->events == 10);
  CHECK(signals.http_5xx->tally->trials == 10'000);
  CHECK(signals.http_5xx->share == Percent::from_steps(100'000));
  CHECK(signals.success_rate->share == Percent::from_steps(99'900'000));
  CHECK(signals.http_5xx->place.field == "http_requests_total");
  CHECK(signals.notes == std::vector<std::string>{"counted since the process began"});
  CHECK_FALSE(signals.p95);
}

TEST_CASE("golden signals: requests without a status are no answers") {
  SamplesBuilder made;
  made.series("http_requests_total", {{"handler", "/a"}}, {{0, 0}, {1, 50}});
  const GoldenSignals none = signals_of(made.made());
  CHECK_FALSE(none.success_rate);
}

TEST_CASE("golden signals: a part without a status puts the rest in doubt, no answer is a bad one") {
  SamplesBuilder part;
  part.once("http_requests_total", {{"code", "200"}}, 90).once("http_requests_total", {{"handler", "/a"}}, 10);
  CHECK(signals_of(part.made()).success_rate->doubt == "10 requests have no status");
  SamplesBuilder unanswered;
  unanswered.once("istio_requests_total", {{"response_code", "200"}}, 90)
      .once("istio_requests_total", {{"response_code", "0"}}, 10);
  CHECK(signals_of(unanswered.made()).http_5xx->tally->events == 10);
}

TEST_CASE("golden signals: what tells no status does not hide what does") {
  SamplesBuilder made;
  made.once("http_server_requests_seconds_count", {{"uri", "/a"}}, 100)
      .once("http_request_duration_seconds_count", {{"code", "200"}}, 90)
      .once("http_request_duration_seconds_count", {{"code", "502"}}, 10);
  CHECK(signals_of(made.made()).http_5xx->tally->events == 10);
}

TEST_CASE("golden signals: quantiles of the histogram, with their buckets") {
  // Micrometer: the histogram's own counts carry the status.
  SamplesBuilder made;
  for (const auto& [status, counts] : {std::pair{"200", std::vector<double>{900, 990, 998}}, {"500", {0, 0, 2}}}) {
    made.once("http_server_requests_seconds_bucket", {{"status", status}, {"le", "0.1"}}, counts[0])
        .once("http_server_requests_seconds_bucket", {{"status", status}, {"le", "0.3"}}, counts[1])
        .once("http_server_requests_seconds_bucket", {{"status", status}, {"le", "+Inf"}}, counts[2])
        .once("http_server_requests_seconds_count", {{"status", status}}, counts[2]);
  }
  const GoldenSignals signals = signals_of(made.made());
  CHECK(signals.http_5xx->tally->events == 2);
  CHECK(signals.http_5xx->tally->trials == 1000);
  // 950 of 1000: 50 of the 90 between 0.1 s and 0.3 s, 100 + 200 * 50 / 90 = 211.111 ms.
  REQUIRE(signals.p95);
  CHECK(signals.p95->value == Milliseconds::from_steps(211'111));
  CHECK(signals.p95->low == Milliseconds::whole(100));
  CHECK(signals.p95->high == Milliseconds::whole(300));
  CHECK(signals.p95->samples == 1000);
  // 990 of 1000 is the end of that bucket.
  CHECK(signals.p99->value == Milliseconds::whole(300));
}

TEST_CASE("golden signals: a quantile above all bounds has no upper one") {
  SamplesBuilder made;
  made.once("istio_requests_total", {{"response_code", "200"}, {"reporter", "destination"}}, 100)
      .once("istio_requests_total", {{"response_code", "200"}, {"reporter", "source"}}, 100)
      .once("istio_requests_total", {{"response_code", "503"}, {"reporter", "source"}}, 30)
      .once("istio_request_duration_milliseconds_bucket", {{"le", "250"}, {"reporter", "destination"}}, 90)
      .once("istio_request_duration_milliseconds_bucket", {{"le", "+Inf"}, {"reporter", "destination"}}, 100);
  const GoldenSignals signals = signals_of(made.made());
  CHECK(signals.http_5xx->tally->trials == 100);  // the serving end alone
  CHECK(signals.http_5xx->tally->events == 0);
  REQUIRE(signals.p99);
  CHECK(signals.p99->low == Milliseconds::whole(250));
  CHECK_FALSE(signals.p99->high);
}

TEST_CASE("golden signals: gRPC calls by the status that their gateway answers with") {
  SamplesBuilder made;
  made.once("grpc_server_handled_total", {{"grpc_code", "OK"}}, 970)
      .once("grpc_server_handled_total", {{"grpc_code", "NotFound"}}, 20)
      .once("grpc_server_handled_total", {{"grpc_code", "Unavailable"}}, 6)
      .once("grpc_server_handled_total", {{"grpc_code", "INTERNAL"}}, 4);
  const GoldenSignals signals = signals_of(made.made());
  REQUIRE(signals.http_5xx);
  CHECK(signals.http_5xx->tally->events == 10);
  CHECK(signals.success_rate->share == Percent::whole(99));
  CHECK(signals.notes.back() == "gRPC calls, by the HTTP status that gRPC-Gateway gives them");
}

TEST_CASE("golden signals: other metrics tell none") {
  SamplesBuilder made;
  made.once("promhttp_metric_handler_requests_total", {{"code", "200"}}, 5).once("go_goroutines", {}, 12);
  const GoldenSignals signals = signals_of(made.made());
  CHECK_FALSE(signals.success_rate);
  CHECK_FALSE(signals.p95);
}

}  // namespace
}  // namespace migplan
