#include "report_reading.hpp"

namespace migplan {
namespace {

using namespace reports;

std::string vector_of(const std::string& series) {
  return R"({"status":"success","data":{"resultType":"vector","result":[)" + series + "]}}";
}
std::string series(const std::string& labels, const std::string& value) {
  return R"({"metric":{)" + labels + R"(},"value":[1700000000,")" + value + "\"]}";
}
ReportOptions mapped(std::vector<ReportMapping> map, std::string service = "") {
  ReportOptions options;
  options.map = std::move(map);
  options.service = std::move(service);
  return options;
}
Result<Observations> read_as(std::string_view text, std::string_view file, const ReportOptions& options) {
  TextSource source(text);
  return read_report(source, file, options);
}

const std::string kPeak = "impact.peak_orders_per_second", kSla = "impact.sla_30d";

}  // namespace

TEST_CASE("metrics: the service graph of OpenTelemetry, with what its types say of the ends") {
  const Observations read = observed(
      "# TYPE traces_service_graph_request_total counter\n"
      "traces_service_graph_request_total{client=\"cart\",server=\"stock\",connection_type=\"\",failed=\"false\"} 8\n"
      "traces_service_graph_request_total{client=\"cart\",server=\"stock\",connection_type=\"\",failed=\"true\"} 2\n"
      "traces_service_graph_request_failed_total{client=\"cart\",server=\"stock\",connection_type=\"\"} 2\n"
      "traces_service_graph_request_total{client=\"cart\",server=\"mysql\",connection_type=\"database\"} 3\n"
      "traces_service_graph_request_total{client=\"cart\",server=\"kafka\",connection_type=\"messaging_system\"} 4\n"
      "traces_service_graph_request_total{client=\"user\",server=\"cart\",connection_type=\"virtual_node\"} 5\n"
      "traces_service_graph_request_total{client=\"cart\",server=\"bank\",connection_type=\"virtual_node\",virtual_"
      "node=\"server\"} 6\n"
      "traces_service_graph_request_total{client=\"unknown\",server=\"cart\",connection_type=\"\"} 7\n");
  CHECK(calls(read) == Lines{"cart -> bank(outside) 6", "cart -> kafka(messaging) 4", "cart -> mysql(database) 3",
                             "cart -> stock 10/2", "unknown(unknown) -> cart 7", "user(outside) -> cart 5"});
}

TEST_CASE("metrics: counters that were read several times count what was added, a restart among it") {
  // 10 -> 14 -> (restart) 3: 4 + 3
  CHECK(
      calls(observed(
          R"({"status":"success","data":{"resultType":"matrix","result":[{"metric":{"__name__":)"
          R"("traces_service_graph_request_total","client":"a","server":"b"},"values":[[1,"10"],[2,"14"],[3,"3"]]}]}})")) ==
      Lines{"a -> b 7"});
}

TEST_CASE("metrics: a query's result without a name is known by its labels; fractions are calls a second") {
  CHECK(calls(observed(vector_of(series(R"("client":"a","server":"b")", "12")))) == Lines{"a -> b 12"});
  const Observations rates = observed(vector_of(series(R"("client":"a","server":"b")", "0.5")));
  CHECK(calls(rates) == Lines{"a -> b 1800"});  // in an hour
  CHECK(says(rates, "told as calls an hour"));
}

TEST_CASE("metrics: OTLP as JSON has the same graph") {
  const std::string attribute = R"({"key":"KEY","value":{"stringValue":"VALUE"}})";
  const auto with = [&attribute](const std::string& key, const std::string& value) {
    std::string text = attribute;
    text.replace(text.find("KEY"), 3, key).replace(text.find("VALUE"), 5, value);
    return text;
  };
  CHECK(
      calls(observed(
          R"({"resourceMetrics":[{"resource":{},"scopeMetrics":[{"metrics":[{"name":"traces_service_graph_request_total",)"
          R"("sum":{"isMonotonic":true,"aggregationTemporality":2,"dataPoints":[{"asInt":"3","timeUnixNano":"2000000","attributes":[)" +
          with("client", "foo-server") + "," + with("server", "bar-requester") + "," + with("connection_type", "") +
          "]}]}}]}]}]}\n")) == Lines{"foo-server -> bar-requester 3"});
}

TEST_CASE("metrics: of a mesh one reporter counts, unknown ends are real, and 5xx failed") {
  const auto istio = [](const std::string& reporter, const std::string& from, const std::string& to,
                        const std::string& code, const std::string& value) {
    return "istio_requests_total{reporter=\"" + reporter + "\",source_workload=\"" + from +
           "-v1\",source_canonical_service=\"" + from + "\",destination_workload=\"" + to +
           "-v1\",destination_service_name=\"" + to + "-svc\",destination_canonical_service=\"" + to +
           "\",response_code=\"" + code + "\"} " + value + "\n";
  };
  const Observations read =
      observed(istio("source", "cart", "stock", "200", "8") + istio("source", "cart", "stock", "503", "2") +
               istio("destination", "cart", "stock", "200", "8") +
               "istio_requests_total{reporter=\"source\",source_workload=\"cart\",destination_service_name="
               "\"PassthroughCluster\",response_code=\"200\"} 1\n"
               "istio_requests_total{reporter=\"source\",source_workload=\"unknown\",destination_service_name="
               "\"cart\",destination_workload=\"cart-v1\",response_code=\"0\"} 4\n");
  CHECK(calls(read) ==
        Lines{"cart -> PassthroughCluster(outside) 1", "cart -> stock 10/2", "unknown(unknown) -> cart 4/4"});
  CHECK(says(read, "that of the caller counts, 1 other series do not"));
}

TEST_CASE("metrics: a call that its callee alone reports counts, and a caller is called as it is as a callee") {
  const auto series = [](const std::string& reporter, const std::string& from, const std::string& to,
                         const std::string& more) {
    return "istio_requests_total{reporter=\"" + reporter + "\",source_workload=\"" + from +
           "\",destination_workload=\"" + to + "-v1\",destination_service_name=\"" + to + "\"" + more + "} 10\n";
  };
  CHECK(calls(observed(series("source", "a", "b", "") + series("destination", "a", "b", "") +
                       series("destination", "legacy", "c", "") + series("source", "b-v1", "c", ""))) ==
        Lines{"a -> b 10", "b -> c 10", "legacy -> c 10"});
  // A workload behind two names keeps its own.
  CHECK(
      calls(observed(series("source", "a", "b", "") +
                     "istio_requests_total{reporter=\"source\",source_workload=\"b-v1\",destination_workload=\"b-v1\","
                     "destination_service_name=\"b-admin\"} 3\n")) == Lines{"a -> b 10", "b-v1 -> b-admin 3"});
}

TEST_CASE("metrics: a connection of TCP is a call that is not counted") {
  const std::string open =
      "istio_tcp_connections_opened_total{reporter=\"source\",source_app=\"a\",destination_app=\"b\"} 9\n";
  CHECK(calls(observed(open)) == Lines{"a -> b"});
  CHECK(
      calls(observed(open + "istio_requests_total{reporter=\"source\",source_app=\"a\",destination_app=\"b\"} 3\n")) ==
      Lines{"a -> b 3"});
}

TEST_CASE("metrics: a failed call of gRPC has HTTP's 200") {
  const auto status = [](const std::string& text) {
    return calls(
        observed("istio_requests_total{source_workload=\"a\",destination_workload=\"b\",response_code=\"200\","
                 "grpc_response_status=\"" +
                 text + "\"} 3\n"));
  };
  for (const char* const failed :
       {"2", "4", "8", "12", "13", "14", "15", "UNAVAILABLE", "DeadlineExceeded", "DATA_LOSS"}) {
    CHECK(status(failed) == Lines{"a -> b 3/3"});
  }
  for (const char* const fine : {"0", "1", "5", "16", "OK", "NOT_FOUND", ""}) CHECK(status(fine) == Lines{"a -> b 3"});
}

TEST_CASE("metrics: one of several mapped names may be met by another file; the time is that of the last sample") {
  const std::string tps = vector_of(series(R"("__name__":"tps","app":"cart")", "12.5"));
  const Observations read = observed(tps, mapped({{"tps", kPeak}, {"sla", kSla}}));
  CHECK(read.met == Lines{"tps"});
  CHECK(read.unmet == Lines{"sla"});
  CHECK_FALSE(says(read, "no series is"));
  CHECK(observed("tps{app=\"cart\"} 7 1700000000000\ntps{app=\"stock\"} 7 1700000000500\n", mapped({{"tps", kPeak}}))
            .origin.taken == "2023-11-14T22:13:20.500Z");
  CHECK(observed("tps{app=\"cart\"} 7\n", mapped({{"tps", kPeak}})).origin.taken.empty());
}

TEST_CASE(
    "metrics: a mapped metric is a fact of the service that a label names, of the usual ones or one that is told") {
  const std::string two = vector_of(series(R"("__name__":"tps","app":"cart")", "12.5") + "," +
                                    series(R"("__name__":"tps","app":"stock")", "3"));
  CHECK(facts(observed(two, mapped({{"tps", kPeak}}))) == Lines{"cart " + kPeak + " 12.5", "stock " + kPeak + " 3"});
  CHECK(facts(observed(vector_of(series(R"("__name__":"tps","job":"x","team":"cart")", "1")),
                       mapped({{"tps", kPeak}, {"service_label", "team"}}))) == Lines{"cart " + kPeak + " 1"});
  CHECK(facts(observed("tps{app=\"cart\"} 7\nother 1\n", mapped({{"tps", kPeak}}))) == Lines{"cart " + kPeak + " 7"});
  CHECK(refusal(two, mapped({{"tps", kPeak}, {"service_label", "team"}})).find("the series has no label \"team\"") !=
        std::string::npos);
}

TEST_CASE("metrics: a result without a name is what its file is called, or the only thing that is mapped") {
  const std::string text = vector_of(series("", "42"));
  CHECK(facts(observed(text, mapped({{"max_over_time(tps[30d])", kPeak}}, "cart"))) == Lines{"cart " + kPeak + " 42"});
  const ReportOptions both = mapped({{"tps_peak", kPeak}, {"sla", kSla}}, "cart");
  const auto read = read_as(text, "answers/tps_peak.json", both);
  REQUIRE(read.is_ok());
  CHECK(facts(read.value()) == Lines{"cart " + kPeak + " 42"});
  CHECK(refusal(text, mapped({{"tps", kPeak}})).find("no label of the series names a service") != std::string::npos);
}

TEST_CASE("metrics: availability is a ratio or percent, and a note says how it was taken") {
  const Observations ratio = observed(vector_of(series(R"("service":"cart")", "0.9995")), mapped({{"sla", kSla}}));
  CHECK(facts(ratio) == Lines{"cart " + kSla + " 99.95"});
  CHECK(says(ratio, "impact.sla_30d of cart: 0.9995 is taken as 99.95 percent"));
  CHECK(facts(observed(vector_of(series(R"("service":"cart")", "99.9")), mapped({{"sla", kSla}}))) ==
        Lines{"cart " + kSla + " 99.9"});
}

TEST_CASE("metrics: of a range the greatest is a peak, else the last counts; NaN is not known") {
  const std::string range =
      R"({"status":"success","data":{"resultType":"matrix","result":[{"metric":{"app":"cart"},"values":[[1,"3"],[2,"9"],[3,"NaN"],[4,"5"]]}]}})";
  CHECK(facts(observed(range, mapped({{"q", kPeak}}))) == Lines{"cart " + kPeak + " 9"});
  CHECK(facts(observed(range, mapped({{"q", "traffic.requests_per_second"}}))) ==
        Lines{"cart traffic.requests_per_second 5"});
  const Observations none = observed(vector_of(series(R"("app":"cart")", "NaN")), mapped({{"q", kPeak}}));
  CHECK(facts(none).empty());
  CHECK(says(none, "q of cart: no number"));
}

TEST_CASE("metrics: two series of a service, none at all, an error of the server and metrics that nothing maps") {
  const Observations two = observed(
      vector_of(series(R"("app":"cart","instance":"a")", "1") + "," + series(R"("app":"cart","instance":"b")", "2")),
      mapped({{"q", kPeak}}));
  CHECK(facts(two).empty());
  CHECK(says(two, "q of cart has 2 series: which one counts is not known"));
  CHECK(
      says(observed(vector_of(""), mapped({{"q", kPeak}})), "no time series: nothing was measured, which is not zero"));
  CHECK(refusal(R"({"status":"error","errorType":"bad_data","error":"parse error"})", mapped({{"q", kPeak}}))
            .find("the server refused the query: bad_data: parse error") != std::string::npos);
  CHECK(refusal("up{job=\"x\"} 1\n").find("metrics that are no calls, and no map says what they are") !=
        std::string::npos);
  CHECK(says(observed("up{job=\"x\"} 1\n", mapped({{"tps", kPeak}})), "no series is \"tps\" (found up)"));
}

TEST_CASE("metrics: answers of Prometheus are facts", "[fixtures]") {
  const auto ratio = fixture("prometheus-api/vector-error-ratio.json"), up = fixture("prometheus-api/vector-up.json"),
             inf = fixture("prometheus-api/vector-inf.json");
  if (!ratio || !up || !inf) return;
  // 0.2370521684619933 of all
  CHECK(facts(observed(*ratio, mapped({{"q", kSla}}, "cart"))) == Lines{"cart " + kSla + " 23.705217"});
  CHECK(facts(observed(*up, mapped({{"up", kSla}}))) == Lines{"prometheus " + kSla + " 100"});
  CHECK(facts(observed(*inf, mapped({{"q", kPeak}}, "cart"))).empty());
}

}  // namespace migplan
