#include <fmt/format.h>

#include <array>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "evidence_formats.hpp"
#include "histogram_series.hpp"
#include "json_front.hpp"
#include "json_tree.hpp"
#include "metrics_result.hpp"
#include "prometheus_line.hpp"

// https://prometheus.io/docs/prometheus/latest/querying/api/: the answers of /api/v1/query and query_range.
namespace migplan {
namespace {

constexpr int kMilliDecimals = 3;

template <std::size_t Count>
std::optional<std::array<JsonValue, Count>> items_of(const JsonValue& list) {
  std::vector<JsonValue> items;
  if (!list.is_list()) return std::nullopt;
  for (const JsonValue item : list) {
    items.push_back(item);
    if (items.size() > Count) return std::nullopt;
  }
  if (items.size() != Count) return std::nullopt;
  return [&]<std::size_t... I>(std::index_sequence<I...>) { return std::array<JsonValue, Count>{items[I]...}; }
  (std::make_index_sequence<Count>());
}

class ApiReader {
 public:
  ApiReader(std::string text, std::string_view file) : tree_(std::move(text), file) { samples_.file = file; }

  Result<Evidence> read() {
    if (tree_.issues().has_errors()) return Issues(tree_.issues());
    const JsonValue root = tree_.root();
    if (auto refused = refused_by_server(root)) return *std::move(refused);
    add_messages(root, "warnings");
    add_messages(root, "infos");
    const auto data = root.find("data");
    const auto type = root.find_in({"data", "resultType"});
    const auto result = root.find_in({"data", "result"});
    if (!type || !result) {
      return data.value_or(root).issue("found no resultType and result",
                                       "give the answer of /api/v1/query or /api/v1/query_range");
    }
    add_result(type->text(), *type, *result);
    return metrics_result(std::move(samples_), std::move(issues_));
  }

 private:
  static std::optional<Issue> refused_by_server(const JsonValue& root) {
    const auto status = root.find("status");
    if (!status || status->text() != "error") return std::nullopt;
    const auto type = root.find("errorType"), error = root.find("error");
    return error.value_or(*status).issue(fmt::format("the server refused the query: {}: {}",
                                                     type ? printable(type->text()) : "error",
                                                     error ? printable(error->text()) : "no reason given"));
  }

  void add_messages(const JsonValue& root, std::string_view key) {
    const auto messages = root.find(key);
    if (!messages || !messages->is_list()) return;
    for (const JsonValue message : *messages) {
      Issue issue = message.issue(fmt::format("the server says: {}", printable(message.text())));
      issue.severity = Severity::Warning;
      issues_.add(std::move(issue));
    }
  }

  void add_result(std::string_view type, const JsonValue& at, const JsonValue& result) {
    if (type == "scalar") {
      samples_.add_series("", MetricType::Unknown, result.at());
      add_point(result);
    } else if (type == "vector" || type == "matrix") {
      if (!result.is_list()) return issues_.add(result.unexpected("a list of series"));
      for (const JsonValue series : result) add_series(series);
    } else if (type == "string") {
      issues_.add(result.issue("the answer is a text, no measurement"));
    } else {
      issues_.add(at.unexpected("vector, matrix or scalar"));
    }
  }

  void add_series(const JsonValue& series) {
    const auto metric = series.find("metric");
    if (!metric || !metric->is_map()) return issues_.add(series.issue("expected a map with the labels under metric"));
    std::string_view name;
    std::vector<MetricLabel> labels;
    for (const JsonValue label : *metric) {
      if (!label.is_text()) return issues_.add(label.unexpected("a text"));
      if (label.key() == "__name__") {
        name = label.text();
      } else {
        labels.push_back({label.key(), label.text()});
      }
    }
    add_numbers(series, name, labels);
    add_histograms(series, name, labels);
  }

  void add_numbers(const JsonValue& series, std::string_view name, const std::vector<MetricLabel>& labels) {
    const auto value = series.find("value"), values = series.find("values");
    if (!value && !values) {
      const bool has_histogram = series.find("histogram") || series.find("histograms");
      if (!has_histogram) issues_.add(series.issue("expected value, values, histogram or histograms"));
      return;
    }
    if (values && values->is_list() && values->is_empty()) return;
    samples_.add_series(samples_.arena().keep_shared(name), MetricType::Unknown, series.at());
    for (const MetricLabel& label : labels) {
      samples_.add_label(samples_.arena().keep_shared(label.name), samples_.arena().keep_shared(label.value));
    }
    if (value) add_point(*value);
    if (!values) return;
    if (!values->is_list()) return issues_.add(values->unexpected("a list of points"));
    for (const JsonValue point : *values) add_point(point);
  }

  void add_point(const JsonValue& pair) {
    const auto items = items_of<2>(pair);
    if (!items) return issues_.add(pair.unexpected("a time and a value"));
    const auto time = time_of((*items)[0]);
    const auto value = number_of((*items)[1]);
    if (time && value) samples_.add_point({*time, *value});
  }

  std::optional<std::int64_t> time_of(const JsonValue& value) {
    constexpr std::int64_t kGreatest = std::numeric_limits<std::int64_t>::max();
    const auto time = read_steps(value, kMilliDecimals, -kGreatest, kGreatest, issues_);
    if (value.is_null()) issues_.add(value.unexpected("a time in seconds"));
    return time;
  }

  std::optional<double> number_of(const JsonValue& value) {
    const auto number = value.is_text() ? parse_metric_value(value.text()) : std::nullopt;
    if (!number) issues_.add(value.unexpected("a text with a number, as \"1.5\""));
    return number;
  }

  void add_histograms(const JsonValue& series, std::string_view name, const std::vector<MetricLabel>& labels) {
    std::vector<HistogramPoint> points;
    if (const auto one = series.find("histogram")) add_histogram_point(*one, points);
    if (const auto several = series.find("histograms")) {
      if (!several->is_list()) return issues_.add(several->unexpected("a list of points"));
      for (const JsonValue point : *several) add_histogram_point(point, points);
    }
    if (!points.empty()) add_histogram(samples_, {name, labels, false, series.at()}, points);
  }

  void add_histogram_point(const JsonValue& pair, std::vector<HistogramPoint>& points) {
    const auto items = items_of<2>(pair);
    if (!items || !(*items)[1].is_map()) return issues_.add(pair.unexpected("a time and a histogram"));
    const JsonValue& histogram = (*items)[1];
    const auto time = time_of((*items)[0]);
    const auto count = histogram.find("count"), sum = histogram.find("sum"), buckets = histogram.find("buckets");
    if (!count) return issues_.add(histogram.issue("key \"count\" is missing"));
    HistogramPoint point;
    point.time_ms = time.value_or(MetricPoint::kNoTime);
    point.count = number_of(*count).value_or(0);
    if (sum) point.sum = number_of(*sum);
    if (buckets && buckets->is_list()) {
      for (const JsonValue bucket : *buckets) add_bucket(bucket, point);
    }
    points.push_back(std::move(point));
  }

  // Which of its bounds a bucket includes, its first item, is not kept: a histogram of ours knows only upper ones.
  void add_bucket(const JsonValue& bucket, HistogramPoint& point) {
    const auto items = items_of<4>(bucket);
    if (!items) return issues_.add(bucket.unexpected("a rule, two bounds and a count"));
    const auto lower = number_of((*items)[1]), upper = number_of((*items)[2]), count = number_of((*items)[3]);
    if (lower && upper && count) point.buckets.push_back({*lower, *upper, *count});
  }

  JsonTree tree_;
  MetricSamples samples_;
  Issues issues_;
};

Result<Evidence> read_answer(ByteSource& source, std::string_view file) {
  return ApiReader(read_all(source), file).read();
}

bool is_answer(std::string_view beginning) {
  const JsonFront front(beginning);
  return front.has("status") && (front.has("data") || front.has("errorType"));
}

}  // namespace

const EvidenceFormat kPrometheusApi{"prometheus-api", "answer of the query API of Prometheus, as JSON", is_answer,
                                    read_answer};

}  // namespace migplan
