#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "evidence_formats.hpp"
#include "json_front.hpp"
#include "metrics_result.hpp"
#include "otlp_values.hpp"
#include "source_lines.hpp"

// https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding and opentelemetry/proto/metrics/v1/metrics.proto:
// one document, or one a line as the file exporter of the Collector writes them.
namespace migplan {
namespace {

using otlp::Attribute;

constexpr std::string_view kMetrics = "resourceMetrics";
constexpr std::string_view kNoRecordedValue = "1";  // of flags

// Whether the text, which begins with a bracket, closes all that it opens.
bool is_closed(std::string_view text) noexcept {
  int depth = 0;
  bool is_quoted = false;
  for (std::size_t at = text.find_first_of("\"{}[]\\"); at != std::string_view::npos;
       at = text.find_first_of("\"{}[]\\", at + 1)) {
    if (text[at] == '\\') {
      ++at;
    } else if (text[at] == '"') {
      is_quoted = !is_quoted;
    } else if (!is_quoted) {
      depth += text[at] == '{' || text[at] == '[' ? 1 : -1;
    }
  }
  return depth <= 0 && !is_quoted;
}

// The items of a list under that key; none where there is no such key.
template <class Visit>
void visit_items(const JsonValue& map, std::string_view key, Issues& issues, const Visit& visit) {
  const auto list = map.find(key);
  if (!list || list->is_null()) return;
  if (!list->is_list()) return issues.add(list->unexpected("a list"));
  for (const JsonValue item : *list) visit(item);
}

// Histograms are put together over all documents: the buckets of exponential ones change with time.
struct GrowingHistogram {
  std::string name;
  std::vector<Attribute> attributes;
  bool is_delta = false;
  Position at;
  std::vector<HistogramPoint> points;
};

class OtlpReader {
 public:
  OtlpReader(ByteSource& source, std::string_view file) : lines_(source, file) { samples_.file = file; }

  Result<Evidence> read() {
    std::string text;
    std::uint32_t first_line = 0;
    while (lines_.next()) {
      const std::string_view line = lines_.line();
      if (text.empty() && trimmed_text(line).empty()) continue;
      if (text.empty() && is_closed(line)) {
        add_document(std::string(line), lines_.at().line);
        continue;
      }
      if (text.empty()) {
        first_line = lines_.at().line;
      } else {
        text.push_back('\n');
      }
      text.append(line);
    }
    if (!text.empty()) add_document(std::move(text), first_line);
    if (!has_metrics_ && other_.line != 0) {
      return Issue{Severity::Error, lines_.file(), other_, "", "found traces or logs, expected metrics"};
    }
    if (has_metrics_ && other_.line != 0) {
      issues_.add({Severity::Warning, lines_.file(), other_, "", "traces or logs are passed over"});
    }
    add_histograms();
    return metrics_result(std::move(samples_), std::move(issues_));
  }

 private:
  void add_document(std::string text, std::uint32_t first_line) {
    const JsonTree tree(std::move(text), lines_.file(), RepeatedKeys::Refused, first_line);
    if (tree.issues().has_errors()) return issues_.append(tree.issues());
    const JsonValue root = tree.root();
    if (!root.find(kMetrics)) {
      if (other_.line == 0) other_ = root.at();
      return;
    }
    has_metrics_ = true;
    visit_items(root, kMetrics, issues_, [this](const JsonValue& resource) { add_resource(resource); });
  }

  void add_resource(const JsonValue& resource) {
    std::vector<Attribute> attributes;
    otlp::add_attributes(resource.find_in({"resource", "attributes"}), attributes, issues_);
    const auto add = [&](const JsonValue& scope) { add_scope(scope, attributes); };
    visit_items(resource, "scopeMetrics", issues_, add);
    visit_items(resource, "instrumentationLibraryMetrics", issues_, add);  // its name before 0.15
  }

  // Two libraries may measure under one name.
  void add_scope(const JsonValue& scope, std::vector<Attribute> attributes) {
    const auto name = scope.find_in({"scope", "name"});
    if (name && !name->text().empty()) attributes.push_back({"otel_scope_name", std::string(name->text())});
    visit_items(scope, "metrics", issues_, [&](const JsonValue& metric) { add_metric(metric, attributes); });
  }

  struct Metric {
    std::string_view name;
    JsonValue data;
    const std::vector<Attribute>& attributes;  // of its resource and library
  };

  void add_metric(const JsonValue& found, const std::vector<Attribute>& attributes) {
    const auto name = found.find("name");
    if (!name || !name->is_text()) return issues_.add(found.issue("expected name, a text"));
    for (const JsonValue data : found) {
      const Metric metric{name->text(), data, attributes};
      if (data.key() == "gauge") add_numbers(metric, MetricType::Gauge, false);
      if (data.key() == "sum") {
        const auto is_monotonic = data.find("isMonotonic");
        const bool is_counter = is_monotonic && is_monotonic->text() == "true";
        add_numbers(metric, is_counter ? MetricType::Counter : MetricType::Gauge, is_delta(data));
      }
      if (data.key() == "histogram") add_histogram_points(metric, otlp::explicit_histogram);
      if (data.key() == "exponentialHistogram") add_histogram_points(metric, otlp::exponential_histogram);
      if (data.key() == "summary") add_summaries(metric);
    }
  }

  bool is_delta(const JsonValue& data) {
    const auto found = data.find("aggregationTemporality");
    const std::string_view text = found ? found->text() : std::string_view();
    if (text == "1" || text == "AGGREGATION_TEMPORALITY_DELTA") return true;
    if (text != "2" && text != "AGGREGATION_TEMPORALITY_CUMULATIVE") {
      issues_.add(found ? found->unexpected("1 (delta) or 2 (cumulative)")
                        : data.issue("aggregationTemporality is missing: it is not known since when is counted"));
    }
    return false;
  }

  // Calls visit(point, labels) for the points that hold something.
  template <class Visit>
  void visit_points(const Metric& metric, const Visit& visit) {
    visit_items(metric.data, "dataPoints", issues_, [&](const JsonValue& point) {
      const auto flags = point.find("flags");
      if (flags && flags->text() == kNoRecordedValue) return;
      std::vector<Attribute> labels = metric.attributes;
      otlp::add_attributes(point.find("attributes"), labels, issues_);
      visit(point, labels);
    });
  }

  MetricSamples::Series& begin_series(std::string_view name, MetricType type, const std::vector<Attribute>& labels,
                                      Position at) {
    TextArena& arena = samples_.arena();
    MetricSamples::Series& series = samples_.add_series(arena.keep_shared(name), type, at);
    for (const Attribute& label : labels) {
      samples_.add_label(arena.keep_shared(label.name), arena.keep_shared(label.value));
    }
    return series;
  }

  void add_numbers(const Metric& metric, MetricType type, bool is_delta) {
    visit_points(metric, [&](const JsonValue& point, const std::vector<Attribute>& labels) {
      const auto whole = point.find("asInt");
      const auto value = whole ? std::optional(static_cast<double>(otlp::whole(whole, issues_)))
                               : otlp::real(point.find("asDouble"), issues_);
      if (!value) return issues_.add(point.issue("expected asInt or asDouble"));
      begin_series(metric.name, type, labels, point.at()).is_delta = is_delta;
      samples_.add_point({otlp::time_of(point, issues_), *value});
    });
  }

  void add_summaries(const Metric& metric) {
    visit_points(metric, [&](const JsonValue& point, const std::vector<Attribute>& labels) {
      const std::int64_t time = otlp::time_of(point, issues_);
      const auto add = [&](std::string_view name, const std::vector<Attribute>& of_series, double value) {
        begin_series(name, MetricType::Summary, of_series, point.at());
        samples_.add_point({time, value});
      };
      visit_items(point, "quantileValues", issues_, [&](const JsonValue& quantile) {
        std::vector<Attribute> with_quantile = labels;
        const double rank = otlp::real(quantile.find("quantile"), issues_).value_or(0);
        with_quantile.push_back({"quantile", bound_text(rank)});
        add(metric.name, with_quantile, otlp::real(quantile.find("value"), issues_).value_or(0));
      });
      if (const auto sum = otlp::real(point.find("sum"), issues_))
        add(fmt::format("{}_sum", metric.name), labels, *sum);
      const auto count = static_cast<double>(otlp::whole(point.find("count"), issues_));
      add(fmt::format("{}_count", metric.name), labels, count);
    });
  }

  void add_histogram_points(const Metric& metric, HistogramPoint (*parse)(const JsonValue&, Issues&)) {
    const bool counts_anew = is_delta(metric.data);
    visit_points(metric, [&](const JsonValue& point, const std::vector<Attribute>& labels) {
      histogram(metric.name, labels, counts_anew, point.at()).points.push_back(parse(point, issues_));
    });
  }

  GrowingHistogram& histogram(std::string_view name, std::vector<Attribute> labels, bool is_delta, Position at) {
    std::sort(labels.begin(), labels.end(), [](const Attribute& a, const Attribute& b) { return a.name < b.name; });
    std::string key = fmt::format("{}\n{}", name, is_delta);
    for (const Attribute& label : labels) fmt::format_to(std::back_inserter(key), "\n{}\t{}", label.name, label.value);
    const auto [place, is_new] = places_.try_emplace(std::move(key), histograms_.size());
    if (is_new) histograms_.push_back({std::string(name), std::move(labels), is_delta, at, {}});
    return histograms_[place->second];
  }

  void add_histograms() {
    for (const GrowingHistogram& histogram : histograms_) {
      std::vector<MetricLabel> labels;
      for (const Attribute& label : histogram.attributes) labels.push_back({label.name, label.value});
      add_histogram(samples_, {histogram.name, labels, histogram.is_delta, histogram.at}, histogram.points);
    }
  }

  SourceLines lines_;
  MetricSamples samples_;
  Issues issues_;
  bool has_metrics_ = false;
  Position other_;  // of the first document without metrics
  std::vector<GrowingHistogram> histograms_;
  std::map<std::string, std::size_t> places_;  // of histograms, by name and labels
};

Result<Evidence> read_otlp(ByteSource& source, std::string_view file) { return OtlpReader(source, file).read(); }

bool is_otlp(std::string_view beginning) {
  const JsonFront front(beginning);
  return front.has(kMetrics) || front.has("resourceSpans") || front.has("resourceLogs");
}

}  // namespace

const EvidenceFormat kOtlpJson{"otlp-json", "metrics of OpenTelemetry as JSON, one document or one a line", is_otlp,
                               read_otlp};

}  // namespace migplan
