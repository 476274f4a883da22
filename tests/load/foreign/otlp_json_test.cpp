#include <cmath>

#include "evidence_reading.hpp"

namespace migplan {
namespace {

using namespace evidence;

// One document on one line; the metrics begin at column 116.
std::string document(const std::string& metrics) {
  return R"({"resourceMetrics":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"cart"}}]},)"
         R"("scopeMetrics":[{"metrics":[)" +
         metrics + "]}]}]}\n";
}
std::string sum(const std::string& points, const std::string& temporality = "2") {
  return R"({"name":"calls","sum":{"aggregationTemporality":)" + temporality + R"(,"isMonotonic":true,"dataPoints":[)" +
         points + "]}}";
}

TEST_CASE("otlp: attributes of the resource and of the point are labels, the point's own first") {
  const MetricSamples samples = metrics_in(document(
      sum(R"({"asInt":"5","timeUnixNano":"1709258400250000000","attributes":[{"key":"code","value":{"intValue":"14"}},)"
          R"({"key":"retry","value":{"boolValue":false}},{"key":"service.name","value":{"stringValue":"other"}},)"
          R"({"key":"list","value":{"arrayValue":{"values":[{"stringValue":"a"},{"doubleValue":1.5}]}}},)"
          R"({"key":"map","value":{"kvlistValue":{"values":[{"key":"k","value":{"stringValue":"v"}}]}}}]})")));
  CHECK(texts_of(samples) ==
        Texts{"calls{service.name=other,code=14,retry=false,list=[a,1.5],map={k=v}} 1709258400250:5"});
  CHECK(samples.series()[0].type == MetricType::Counter);
  CHECK_FALSE(samples.series()[0].is_delta);
}

TEST_CASE("otlp: whole numbers may be texts or numbers, temporality a number or a name") {
  CHECK(texts_of(
            metrics_in(document(sum(R"({"asInt":7,"timeUnixNano":2000000})", "\"AGGREGATION_TEMPORALITY_DELTA\"")))) ==
        Texts{"calls{service.name=cart} 2:7"});
  CHECK(metrics_in(document(sum(R"({"asInt":7})", "1"))).series()[0].is_delta);
  CHECK(texts_of(metrics_in(document(sum(R"({"asDouble":2.5},{"flags":1})")))) ==
        Texts{"calls{service.name=cart} 2.5"});
}

TEST_CASE("otlp: one document a line, the points of a series together") {
  const std::string text = document(sum(R"({"asInt":"5","timeUnixNano":"1000000000"})")) + "\n" +
                           document(sum(R"({"asInt":"9","timeUnixNano":"2000000000"})"));
  const MetricSamples samples = metrics_in(text);
  CHECK(texts_of(samples) == Texts{"calls{service.name=cart} 1000:5 2000:9"});
  CHECK(samples.series()[0].at.line == 1);
}

TEST_CASE("otlp: a document may be spread over lines") {
  CHECK(texts_of(metrics_in("{\n \"resourceMetrics\": [{\n  \"scopeMetrics\": [{\"scope\": {\"name\": \"lib\"},\n"
                            "   \"metrics\": [{\"name\": \"g\", \"gauge\": {\"dataPoints\": [{\"asDouble\": \"NaN\"},\n"
                            "     {\"asDouble\": 4, \"timeUnixNano\": \"1000000\"}]}}]}]}]\n}\n")) ==
        Texts{"g{otel_scope_name=lib} nan 1:4"});
}

TEST_CASE("otlp: buckets become cumulative, as Prometheus has them") {
  CHECK(
      texts_of(metrics_in(document(
          R"({"name":"lat","histogram":{"aggregationTemporality":2,"dataPoints":[{"timeUnixNano":"1000000","count":"6",)"
          R"("sum":4.5,"bucketCounts":["1","2","3"],"explicitBounds":[0.5,1]}]}})"))) ==
      Texts{"lat_bucket{service.name=cart,le=0.5} 1:1", "lat_bucket{service.name=cart,le=1} 1:3",
            "lat_bucket{service.name=cart,le=+Inf} 1:6", "lat_sum{service.name=cart} 1:4.5",
            "lat_count{service.name=cart} 1:6"});
}

TEST_CASE("otlp: exponential histograms have bounds that are powers of their base") {
  // Scale 0: base 2. Positive index 1 is (2, 4], index 2 is (4, 8]; negative index 0 is [-2, -1).
  CHECK(texts_of(metrics_in(document(
            R"({"name":"lat","exponentialHistogram":{"aggregationTemporality":2,"dataPoints":[{"count":"7","scale":0,)"
            R"("zeroCount":"1","zeroThreshold":0.25,"positive":{"offset":1,"bucketCounts":["0","2"]},)"
            R"("negative":{"offset":0,"bucketCounts":[4]}}]}})"))) ==
        Texts{"lat_bucket{service.name=cart,le=-2} 0", "lat_bucket{service.name=cart,le=-1} 4",
              "lat_bucket{service.name=cart,le=-0.25} 4", "lat_bucket{service.name=cart,le=0.25} 5",
              "lat_bucket{service.name=cart,le=4} 5", "lat_bucket{service.name=cart,le=8} 7",
              "lat_bucket{service.name=cart,le=+Inf} 7", "lat_count{service.name=cart} 7"});
}

TEST_CASE("otlp: an exponential histogram that grows has all its bounds at all times") {
  const auto at = [](int time, const std::string& counts, int count) {
    return document(
        R"({"name":"lat","exponentialHistogram":{"aggregationTemporality":2,"dataPoints":[{"scale":1,"timeUnixNano":")" +
        std::to_string(time) + R"(000000","count":)" + std::to_string(count) + R"(,"positive":{"bucketCounts":[)" +
        counts + "]}}]}}");
  };
  // Scale 1: base 2^(1/2) = 1.41421356237.
  CHECK(texts_of(metrics_in(at(1, "3", 3) + at(2, "3,4", 7))) ==
        Texts{"lat_bucket{service.name=cart,le=1} 1:0 2:0", "lat_bucket{service.name=cart,le=1.41421356237} 1:3 2:3",
              "lat_bucket{service.name=cart,le=2} 1:3 2:7", "lat_bucket{service.name=cart,le=+Inf} 1:3 2:7",
              "lat_count{service.name=cart} 1:3 2:7"});
}

TEST_CASE("otlp: summaries have a series a quantile") {
  CHECK(texts_of(metrics_in(document(
            R"({"name":"s","summary":{"dataPoints":[{"count":"4","sum":8,"quantileValues":[{"quantile":0.5,"value":2},)"
            R"({"quantile":1,"value":5}]}]}})"))) ==
        Texts{"s{service.name=cart,quantile=0.5} 2", "s{service.name=cart,quantile=1} 5", "s_sum{service.name=cart} 8",
              "s_count{service.name=cart} 4"});
}

TEST_CASE("otlp: traces and logs are refused; between metrics they are passed over") {
  CHECK(complaints(R"({"resourceSpans":[]})") == "in:1:1: error: found traces or logs, expected metrics");
  CHECK(complaints(R"({"resourceLogs":[]})") == "in:1:1: error: found traces or logs, expected metrics");
  CHECK(complaints(document(sum(R"({"asInt":"5"})")) + "{\"resourceSpans\":[]}\n") ==
        "in:2:1: warning: traces or logs are passed over");
}

TEST_CASE("otlp: values of another shape are told with place and path") {
  const auto complaint = [](const std::string& metrics) {
    const std::string all = complaints(document(metrics));
    return all.substr(all.find("error"));
  };
  const std::string at = "error: resourceMetrics[0].scopeMetrics[0].metrics[0]";
  CHECK(complaint(sum(R"({"asInt":"5.5"})")) ==
        at + ".sum.dataPoints[0].asInt: found \"5.5\", expected a whole number of 64 bits");
  CHECK(complaint(sum(R"({})")) == at + ".sum.dataPoints[0]: expected asInt or asDouble");
  CHECK(complaint(sum(R"({"asInt":1})", "0")) ==
        at + ".sum.aggregationTemporality: found 0, expected 1 (delta) or 2 (cumulative)");
  CHECK(complaint(R"({"name":"x","sum":{"dataPoints":[]}})") ==
        at + ".sum: aggregationTemporality is missing: it is not known since when is counted");
  CHECK(complaint(R"({"gauge":{"dataPoints":[]}})") == at + ": expected name, a text");
  CHECK(complaint(
            R"({"name":"x","histogram":{"aggregationTemporality":2,"dataPoints":[{"count":"1","bucketCounts":["1"],)"
            R"("explicitBounds":[1,2]}]}})") ==
        at + ".histogram.dataPoints[0]: found 1 bucketCounts, expected one more than the 2 explicitBounds");
  CHECK(complaint(R"({"name":"x","exponentialHistogram":{"aggregationTemporality":2,"dataPoints":[{"scale":99}]}})") ==
        at + ".exponentialHistogram.dataPoints[0].scale: found 99, expected a whole number, -20 to 20");
  CHECK(complaint(R"({"name":"x","gauge":{"dataPoints":5}})") == at + ".gauge.dataPoints: found 5, expected a list");
}

TEST_CASE("otlp: a line that breaks off is told with its line") {
  CHECK(complaints(document(sum(R"({"asInt":"5"})")) + R"({"resourceMetrics":[{)") ==
        "in:2:22: error: not JSON: the text ends, expected a key or }");
}

TEST_CASE("otlp: the official example has all five kinds") {
  const auto text = fixture("otlp/metrics.json");
  const auto traces = fixture("otlp/trace.json"), logs = fixture("otlp/logs.json");
  if (!text || !traces || !logs) return;
  const std::string labels = "otel_scope_name=my.library,service.name=my.service";
  const std::string of_histogram = "{my.histogram.attr=some value," + labels;
  const std::string of_exponential = "{my.exponential.histogram.attr=some value," + labels;
  const std::string time = " 1544712660300:";
  CHECK(texts_of(metrics_in(*text)) ==
        Texts{"my.counter{service.name=my.service,otel_scope_name=my.library,my.counter.attr=some value}" + time + "5",
              "my.gauge{service.name=my.service,otel_scope_name=my.library,my.gauge.attr=some value}" + time + "10",
              "my.histogram_bucket" + of_histogram + ",le=1}" + time + "1",
              "my.histogram_bucket" + of_histogram + ",le=+Inf}" + time + "2",
              "my.histogram_sum" + of_histogram + "}" + time + "2",
              "my.histogram_count" + of_histogram + "}" + time + "2",
              "my.exponential.histogram_bucket" + of_exponential + ",le=0}" + time + "1",
              "my.exponential.histogram_bucket" + of_exponential + ",le=4}" + time + "1",
              "my.exponential.histogram_bucket" + of_exponential + ",le=8}" + time + "3",
              "my.exponential.histogram_bucket" + of_exponential + ",le=+Inf}" + time + "3",
              "my.exponential.histogram_sum" + of_exponential + "}" + time + "10",
              "my.exponential.histogram_count" + of_exponential + "}" + time + "3"});
  CHECK(complaints(*traces).find("found traces or logs") != std::string::npos);
  CHECK(complaints(*logs).find("found traces or logs") != std::string::npos);
}

}  // namespace
}  // namespace migplan
