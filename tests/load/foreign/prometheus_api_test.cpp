#include <cmath>

#include "evidence_reading.hpp"

namespace migplan {
namespace {

using namespace evidence;

std::string answer(const std::string& type, const std::string& result) {
  return R"({"status":"success","data":{"resultType":")" + type + R"(","result":)" + result + "}}";
}

TEST_CASE("prometheus api: a vector has a point a series, a matrix several") {
  CHECK(texts_of(metrics_in(answer("vector", R"([{"metric":{"__name__":"up","job":"a"},"value":[1709258400.25,"1"]},
                                                  {"metric":{},"value":[1709258400,"0.5"]}])"))) ==
        Texts{"up{job=a} 1709258400250:1", " 1709258400000:0.5"});
  CHECK(texts_of(metrics_in(answer("matrix", R"([{"metric":{"job":"a"},"values":[[1,"10"],[2.5,"20"]]}])"))) ==
        Texts{"{job=a} 1000:10 2500:20"});
  CHECK(texts_of(metrics_in(answer("scalar", R"([2,"3"])"))) == Texts{" 2000:3"});
}

TEST_CASE("prometheus api: NaN and the infinities are values") {
  const MetricSamples samples =
      metrics_in(answer("matrix", R"([{"metric":{},"values":[[1,"NaN"],[2,"+Inf"],[3,"-Inf"]]}])"));
  const auto points = samples.points(samples.series()[0]);
  CHECK(std::isnan(points[0].value));
  CHECK(points[1].value == HUGE_VAL);
  CHECK(points[2].value == -HUGE_VAL);
}

TEST_CASE("prometheus api: an error of the server is refused with its words") {
  CHECK(complaints(R"({"status":"error","errorType":"bad_data","error":"1:5: unclosed \"(\""})") ==
        "in:1:50: error: error: the server refused the query: bad_data: 1:5: unclosed \"(\"");
  CHECK(complaints(R"({"status":"error","data":null})") ==
        "in:1:11: error: status: the server refused the query: error: no reason given");
}

TEST_CASE("prometheus api: warnings and infos of the server are warnings, as is a result of nothing") {
  auto result =
      read(R"({"status":"success","warnings":["w0"],"infos":["i0"],"data":{"resultType":"vector","result":[]}})");
  CHECK(complaints(result.issues()) ==
        "in:1:33: warning: warnings[0]: the server says: w0\n"
        "in:1:48: warning: infos[0]: the server says: i0\n"
        "in: warning: no time series: nothing was measured, which is not zero");
  CHECK(accepted<MetricSamples>(std::move(result)).series().empty());
}

TEST_CASE("prometheus api: texts, other endpoints and unknown types are refused") {
  CHECK(complaints(answer("string", R"([2,"hello"])")) ==
        "in:1:60: error: data.result: the answer is a text, no measurement");
  CHECK(complaints(answer("tensor", "[]")) ==
        "in:1:42: error: data.resultType: found \"tensor\", expected vector, matrix or scalar");
  CHECK(complaints(R"({"status":"success","data":["a","b"]})") ==
        "in:1:28: error: data: found no resultType and result (give the answer of /api/v1/query or "
        "/api/v1/query_range)");
}

TEST_CASE("prometheus api: values of another shape are told with place and path") {
  CHECK(complaints(answer("vector", R"([{"metric":{},"value":["1","1"]}])")) ==
        "in:1:83: error: data.result[0].value[0]: found \"1\", expected a number, -9223372036854775.807 to "
        "9223372036854775.807");
  CHECK(complaints(answer("vector", R"([{"metric":{},"value":[1,1]}])")) ==
        "in:1:85: error: data.result[0].value[1]: found 1, expected a text with a number, as \"1.5\"");
  CHECK(complaints(answer("vector", R"([{"metric":{},"value":[1]}])")) ==
        "in:1:82: error: data.result[0].value: found a list, expected a time and a value");
  CHECK(complaints(answer("vector", R"([{"metric":{},"value":[1,"many"]}])")) ==
        "in:1:85: error: data.result[0].value[1]: found \"many\", expected a text with a number, as \"1.5\"");
  CHECK(complaints(answer("vector", R"([{"value":[1,"1"]}])")) ==
        "in:1:61: error: data.result[0]: expected a map with the labels under metric");
  CHECK(complaints(answer("vector", R"([{"metric":{}}])")) ==
        "in:1:61: error: data.result[0]: expected value, values, histogram or histograms");
  CHECK(complaints(R"({"status":"success","status":"error","data":{}})") ==
        "in:1:30: error: status: key \"status\" stands here twice, first at line 1");
  CHECK(complaints(R"({"status":"success","data":{"resultType":"vector","result":[{"metric":{)") ==
        "in:1:72: error: not JSON: the text ends, expected a key or }");
}

TEST_CASE("prometheus api: native histograms become cumulative buckets") {
  // -1..-0.5: 1, around 0: 2, 0.5..1: 4, 2..4: 3; together 10. The gap from 1 to 2 keeps its bounds.
  const MetricSamples samples = metrics_in(answer("vector", R"([{"metric":{"__name__":"lat","job":"a"},"histogram":
      [5,{"count":"10","sum":"7.5","buckets":[[1,"-1","-0.5","1"],[3,"-0.001","0.001","2"],[0,"0.5","1","4"],
          [0,"2","4","3"]]}]}])"));
  CHECK(texts_of(samples) == Texts{"lat_bucket{job=a,le=-1} 5000:0", "lat_bucket{job=a,le=-0.5} 5000:1",
                                   "lat_bucket{job=a,le=-0.001} 5000:1", "lat_bucket{job=a,le=0.001} 5000:3",
                                   "lat_bucket{job=a,le=0.5} 5000:3", "lat_bucket{job=a,le=1} 5000:7",
                                   "lat_bucket{job=a,le=2} 5000:7", "lat_bucket{job=a,le=4} 5000:10",
                                   "lat_bucket{job=a,le=+Inf} 5000:10", "lat_sum{job=a} 5000:7.5",
                                   "lat_count{job=a} 5000:10"});
  CHECK(samples.series()[0].type == MetricType::Histogram);
}

TEST_CASE("prometheus api: buckets that a native histogram has later only hold nothing before") {
  CHECK(texts_of(metrics_in(answer("matrix", R"([{"metric":{"__name__":"lat"},"histograms":[
      [1,{"count":"1","sum":"1","buckets":[[0,"0.5","1","1"]]}],
      [2,{"count":"3","sum":"6","buckets":[[0,"0.5","1","1"],[0,"2","4","2"]]}]]}])"))) ==
        Texts{"lat_bucket{le=0.5} 1000:0 2000:0", "lat_bucket{le=1} 1000:1 2000:1", "lat_bucket{le=2} 1000:1 2000:1",
              "lat_bucket{le=4} 1000:1 2000:3", "lat_bucket{le=+Inf} 1000:1 2000:3", "lat_sum 1000:1 2000:6",
              "lat_count 1000:1 2000:3"});
}

TEST_CASE("prometheus api: real answers hold what the server said") {
  struct Expected {
    std::string path;
    Texts series;
  };
  for (const auto& [path, series] : std::vector<Expected>{
           {"prometheus-api/vector-up.json", {"up{instance=127.0.0.1:19090,job=prometheus} 1795349097325:1"}},
           {"prometheus-api/vector-error-ratio.json", {" 1795349097347:0.237052"}},
           {"prometheus-api/vector-p95.json", {" 1795349097358:0.095"}},
           {"prometheus-api/vector-max-rss.json", {"{instance=127.0.0.1:19090,job=prometheus} 1795349097439:63000576"}},
           {"prometheus-api/vector-empty.json", {}},
           {"prometheus/jaeger-warning_response.json", {}},
           {"prometheus/jaeger-service_datapoint_response.json",
            {"{service_name=emailservice} 1620351786000:9223372036854"}},
       }) {
    const auto text = fixture(path);
    if (!text) return;
    INFO(path);
    CHECK(texts_of(metrics_in(*text)) == series);
  }
  const auto ratio = fixture("prometheus-api/vector-error-ratio.json"),
             rate = fixture("prometheus-api/matrix-rate.json");
  const auto nan = fixture("prometheus-api/vector-p99-nan.json"), error = fixture("prometheus-api/error-parse.json");
  if (!ratio || !rate || !nan || !error) return;
  const MetricSamples ratios = metrics_in(*ratio), rates = metrics_in(*rate), nans = metrics_in(*nan);
  CHECK(ratios.points(ratios.series()[0])[0].value == 0.2370521684619933);
  REQUIRE(rates.points(rates.series()[0]).size() == 6);
  CHECK(rates.points(rates.series()[0])[2].value == 9635.555555555557);
  CHECK(std::isnan(nans.points(nans.series()[1])[0].value));
  CHECK(complaints(*error).find("unclosed left parenthesis") != std::string::npos);
}

}  // namespace
}  // namespace migplan
