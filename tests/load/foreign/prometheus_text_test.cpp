#include <fmt/format.h>

#include <cmath>

#include "evidence_reading.hpp"

namespace migplan {
namespace {

using namespace evidence;

TEST_CASE("prometheus text: series with their labels, types, places and values") {
  const MetricSamples samples = metrics_in(
      "# HELP calls_total All \"calls\".\n"
      "# TYPE calls_total counter\n"
      "calls_total{code=\"OK\",method=\"get\"} 12\n"
      "calls_total{code=\"INTERNAL\",method=\"get\",} 1.5e3 1709258400250\n"
      "\n"
      "# a comment\n"
      "# TYPE temperature gauge\n"
      "\ttemperature \t -3.25 \n"
      "envoy_up{} 35\n");
  CHECK(texts_of(samples) == Texts{"calls_total{code=OK,method=get} 12",
                                   "calls_total{code=INTERNAL,method=get} 1709258400250:1500", "temperature -3.25",
                                   "envoy_up 35"});
  CHECK(samples.series()[0].type == MetricType::Counter);
  CHECK(samples.series()[2].type == MetricType::Gauge);
  CHECK(samples.series()[3].type == MetricType::Unknown);
  CHECK(samples.series()[1].at.line == 4);
  CHECK(samples.series()[3].at.line == 9);
  CHECK(samples.file == "in");
}

TEST_CASE("prometheus text: escapes in values of labels") {
  const MetricSamples samples = metrics_in("up{path=\"C:\\\\dir\\n\\\"x\\\"\\t\",b=\"}{,=\"} 1\n");
  CHECK(samples.label(samples.series()[0], "path") == "C:\\dir\n\"x\"\\t");
  CHECK(samples.label(samples.series()[0], "b") == "}{,=");
}

TEST_CASE("prometheus text: NaN and the infinities are values") {
  const MetricSamples samples = metrics_in("a{x=\"1\"} NaN\nb{x=\"1\"} +Inf\nc{x=\"1\"} -Inf\nd{x=\"1\"} Inf\n");
  CHECK(std::isnan(samples.points(samples.series()[0])[0].value));
  CHECK(samples.points(samples.series()[1])[0].value == HUGE_VAL);
  CHECK(samples.points(samples.series()[2])[0].value == -HUGE_VAL);
  CHECK(samples.points(samples.series()[3])[0].value == HUGE_VAL);
}

TEST_CASE("prometheus text: families need not be together, and parts of them have their type") {
  const MetricSamples samples = metrics_in(
      "# TYPE rq counter\nrq{c=\"5xx\"} 1\n# TYPE lat histogram\nlat_bucket{le=\"0.1\"} 1\nlat_bucket{le=\"+Inf\"} 2\n"
      "lat_sum 0.3\nlat_count 2\nrq{c=\"2xx\"} 2\n");
  for (const std::size_t i : {0U, 5U}) CHECK(samples.series()[i].type == MetricType::Counter);
  for (const std::size_t i : {1U, 2U, 3U, 4U}) CHECK(samples.series()[i].type == MetricType::Histogram);
}

TEST_CASE("prometheus text: names in quotes, as Prometheus 3 writes them") {
  CHECK(texts_of(metrics_in("# TYPE \"http.calls\" counter\n{\"http.calls\",\"my.label\"=\"x\",b=\"y\"} 4\n")) ==
        Texts{"http.calls{my.label=x,b=y} 4"});
}

TEST_CASE("prometheus text: a series at several times is one series, its points in the order of time") {
  CHECK(texts_of(metrics_in("a{x=\"1\"} 5 2000\na{x=\"1\"} 4 1000\nb{x=\"1\",y=\"2\"} 1 1000\na{x=\"1\"} 6 3000\n"
                            "b{y=\"2\",x=\"1\"} 2 2000\n")) ==
        Texts{"a{x=1} 1000:4 2000:5 3000:6", "b{x=1,y=2} 1000:1 2000:2"});
}

TEST_CASE("prometheus text: of samples for the same time the last one counts, and it is told") {
  auto result = read("a{x=\"1\"} 5\nb{x=\"1\"} 1\na{x=\"1\"} 6\n");
  CHECK(complaints(result.issues()) ==
        "in:3:1: warning: 1 points stand here again for the same series and time; the last of each counts");
  CHECK(texts_of(accepted<MetricSamples>(std::move(result))) == Texts{"a{x=1} 6", "b{x=1} 1"});
}

TEST_CASE("open metrics: times are seconds, families go without _total, exemplars are passed over") {
  const MetricSamples samples = metrics_in(
      "# TYPE calls counter\n# UNIT calls calls\n# HELP calls All.\n"
      "calls_total{a=\"b\"} 17.0 1709258400.25 # {trace_id=\"abc\"} 0.67 1709258399\n"
      "calls_created{a=\"b\"} 1.6e+09\n# EOF");
  CHECK(texts_of(samples) == Texts{"calls_total{a=b} 1709258400250:17", "calls_created{a=b} 1600000000"});
  CHECK(samples.series()[0].type == MetricType::Counter);
  CHECK(samples.series()[1].type == MetricType::Gauge);
}

TEST_CASE("open metrics: a text that lacks its end was cut") {
  CHECK(complaints("# TYPE a info\na_info{v=\"1\"} 1\n") ==
        "in:2:16: error: the text ends, expected # EOF as line 1 is OpenMetrics (the file may have been cut short)");
  CHECK(complaints("a{x=\"1\"} 1 # {t=\"1\"} 1\n# EOF\nb{x=\"1\"} 1\n") == "in:3:1: error: text behind # EOF");
  CHECK(complaints("a{x=\"1\"} 1 1709258400.25\n") ==
        "in:1:12: error: found a time with a fraction, expected whole milliseconds (OpenMetrics, whose times are "
        "seconds, ends with # EOF)");
}

TEST_CASE("prometheus text: times that were meant as seconds are told") {
  CHECK(complaints("a{x=\"1\"} 1 1709258400\n") ==
        "in: warning: times are read as milliseconds, and some lie before 1974 (OpenMetrics, whose times are seconds, "
        "ends with # EOF)");
}

TEST_CASE("prometheus text: a last line without its end may be a shorter number") {
  CHECK(complaints("# TYPE a gauge\na 1\nb 1234") ==
        "in:3:7: error: the last line has no end (the file may have been cut short; end it with a newline if it was "
        "not)");
}

TEST_CASE("prometheus text: faults are told with line and column, all of them") {
  const std::vector<std::pair<std::string, std::string>> faults{
      {"a{x=\"1\"", "in:2:8: error: the line ends, expected a comma or }"},
      {"a{x=1} 2", "in:2:5: error: found \"1} 2\", expected a text in quotes"},
      {"a{x=\"1} 2", "in:2:5: error: a text has no closing quote"},
      {"a{x=\"1\\", "in:2:5: error: a text has no closing quote"},
      {"a{x=\"1\";y=\"2\"} 2", "in:2:8: error: found \";y=\\\"2\\\"} 2\", expected a comma or }"},
      {"a{1x=\"1\"} 2", "in:2:3: error: found \"1x=\\\"1\\\"} 2\", expected the name of a label"},
      {"a{x=\"1\",x=\"2\"} 2", "in:2:9: error: label \"x\" stands here twice"},
      {"{x=\"1\"} 2", "in:2:1: error: no name of a metric stands before the labels or among them"},
      {"a", "in:2:2: error: the line ends, expected a number"},
      {"a 1,5", "in:2:3: error: found \"1,5\", expected a number"},
      {"a +-5", "in:2:3: error: found \"+-5\", expected a number"},
      {"a-b 5", "in:2:2: error: found \"-b 5\", expected a blank"},
      {"a 1 soon", "in:2:5: error: found \"soon\", expected a time"},
      {"a 1 2 3", "in:2:7: error: found \"3\", expected the end of the line"},
      {"-a 1", "in:2:1: error: found \"-a 1\", expected the name of a metric"},
      {"a{x=\"\xff\"} 1", "in:2:1: error: found bytes that are no UTF-8"},
      {"# TYPE a number", "in:2:10: error: found \"number\", expected a type such as counter"},
  };
  for (const auto& [line, expected] : faults) {
    std::string unescaped;
    for (std::size_t i = 0; i < expected.size(); ++i) {
      if (expected[i] != '\\') unescaped += expected[i];
    }
    INFO(line);
    CHECK(complaints("# HELP a b\n" + line + "\n") == unescaped);
  }
  CHECK(read("# HELP a b\na x\na y\n").issues().errors() == 2);
}

TEST_CASE("prometheus text: native histograms in a text are passed over, and that is told") {
  auto result = read("# TYPE h histogram\nh{a=\"b\"} {count:12,sum:3.5,schema:0}\nup 1\n");
  CHECK(complaints(result.issues()) ==
        "in:2:10: warning: native histograms in a text are passed over (ask the API of Prometheus for them)");
  CHECK(texts_of(accepted<MetricSamples>(std::move(result))) == Texts{"up 1"});
}

TEST_CASE("prometheus text: no sample is told, as it is not the same as zero") {
  CHECK(complaints("# HELP a b\n") == "in: warning: no time series: nothing was measured, which is not zero");
}

TEST_CASE("prometheus text: lines beyond the pieces of a source keep their numbers") {
  std::string text = "# TYPE a counter\n";
  for (int i = 0; i < 40'000; ++i) text += fmt::format("a{{i=\"{}\"}} {}\n", i, i);
  const MetricSamples samples = metrics_in(text);
  REQUIRE(samples.series().size() == 40'000);
  CHECK(samples.series().back().at.line == 40'001);
  CHECK(text_of(samples, samples.series()[31'234]) == "a{i=31234} 31234");
  CHECK(complaints(text + "a{\n") == "in:40002:3: error: the line ends, expected the name of a label");
}

TEST_CASE("prometheus text: real files have the families that they are known for") {
  struct Expected {
    std::string path;
    std::size_t series;
  };
  // By `grep -vc '^#'` of each; the files of telegraf besides by its own expected points.
  for (const auto& [path, series] : std::vector<Expected>{{"prometheus/alltypes.237mfs.prom.txt", 1857},
                                                          {"prometheus/1histogram.om.txt", 42},
                                                          {"prometheus/alltypes.5mfs.om.txt", 53},
                                                          {"prometheus/envoy-empty-braces.prom", 5},
                                                          {"prometheus/telegraf-openmetrics-dovecot.txt", 90},
                                                          {"prometheus/telegraf-openmetrics-multiple.txt", 14},
                                                          {"prometheus/prometheus-2.42-self.prom", 404}}) {
    const auto text = fixture(path);
    if (!text) return;
    INFO(path);
    const auto result = read(*text);
    CHECK(complaints(result.issues()).empty());
    CHECK(std::get<MetricSamples>(result.value()).series().size() == series);
  }
  const auto text = fixture("prometheus/prometheus-2.42-self.prom");
  if (!text) return;
  const MetricSamples samples = metrics_in(*text);
  double count = 0;
  for (const auto& series : samples.series()) {
    const bool is_it = series.name == "prometheus_http_requests_total" && samples.label(series, "code") == "200" &&
                       samples.label(series, "handler") == "/api/v1/query";
    if (is_it) count = samples.points(series)[0].value;
  }
  CHECK(count == 186276);  // what wrk counted of the same load, and a few queries
}

}  // namespace
}  // namespace migplan
