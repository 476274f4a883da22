#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <utility>
#include <variant>

#include "migplan/load/evidence_reader.hpp"
#include "migplan/verification/service_series.hpp"
#include "sunset_values.hpp"

namespace migplan {
namespace {

using Series = MetricSamples::Series;

// The shortest text that means this number, which decides on its decimals.
std::string text_of(double value) {
  if (std::isinf(value)) return value > 0 ? "+Inf" : "-Inf";
  std::array<char, 32> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
  return {text.data(), end};
}

class MetricSeries {
 public:
  MetricSeries(const SeriesText& from, SunsetDrafts& drafts, Issues& issues)
      : from_(from), drafts_(drafts), issues_(issues) {}

  void read(const MetricSamples& all) {
    std::vector<std::string> services(from_.services.begin(), from_.services.end());
    if (services.empty()) services = series_of(all, {}).others;
    if (services.empty()) return read_service("", all);
    bool has_any = false;
    for (const std::string& service : services) {
      const std::string_view name = service;
      const ServiceSeries own = series_of(all, {&name, 1});
      has_any = has_any || !own.is_foreign;
      if (!own.is_foreign) read_service(service, own.samples);
    }
    if (!has_any) {
      add(Severity::Warning, {}, fmt::format("no series of {}", fmt::join(services, ", ")),
          fmt::format("the file has {}", fmt::join(series_of(all, {}).others, ", ")));
    }
  }

 private:
  void add(Severity severity, Position at, std::string message, std::string hint = {}) {
    issues_.add({severity, std::string(from_.path), at, "", std::move(message), std::move(hint)});
  }

  void read_service(std::string_view service, const MetricSamples& samples) {
    std::map<SunsetColumn, Position> seen;
    bool has_any = false;
    for (const Series& series : samples.series()) {
      const auto column = column_of(samples, series);
      if (!column) continue;
      has_any = true;
      const auto [first, is_new] = seen.emplace(*column, series.at);
      if (is_new) {
        read_points(drafts_.of(service), *column, samples, series);
      } else {
        add(Severity::Error, series.at,
            fmt::format("a second series of {}, the first is at line {}", name_of(*column), first->second.line),
            "put them together in the query, by sum or max");
      }
    }
    if (has_any || samples.series().empty()) return;  // what holds no series at all was told
    add(Severity::Error, {}, "no series has the name of a column",
        fmt::format("name the column, as {}={}; known: {}", kSunsetColumns.front(), from_.path,
                    fmt::join(kSunsetColumns, ", ")));
  }

  // By the name of the metric, else by a label whose value is one.
  [[nodiscard]] std::optional<SunsetColumn> column_of(const MetricSamples& samples, const Series& series) const {
    if (from_.column) return from_.column;
    if (const auto column = find_sunset_column(series.name)) return column;
    for (const MetricLabel& label : samples.labels(series)) {
      if (const auto column = find_sunset_column(label.value)) return column;
    }
    return std::nullopt;
  }

  void read_points(SunsetSeries& into, SunsetColumn column, const MetricSamples& samples, const Series& series) {
    std::uint64_t not_measured = 0;
    for (const MetricPoint& point : samples.points(series)) {
      if (point.time_ms == MetricPoint::kNoTime || !is_time(point.time_ms)) {
        return add(Severity::Error, series.at, fmt::format("a value of {} has no time", name_of(column)),
                   "give the answer of /api/v1/query_range");
      }
      if (std::isnan(point.value)) {
        ++not_measured;
        continue;
      }
      const std::string text = text_of(point.value);
      if (add_value(into, column, text, {point.time_ms, from_.file, series.at}) == ValueStatus::Taken) continue;
      add(Severity::Error, series.at,
          fmt::format("{}: found {}, expected {}", name_of(column), text, expected_value(column)));
      return;
    }
    if (not_measured == 0) return;
    add(Severity::Warning, series.at,
        fmt::format("{} {} NaN: nothing was measured there", not_measured,
                    not_measured == 1 ? "value is" : "values are"));
  }

  const SeriesText& from_;
  SunsetDrafts& drafts_;
  Issues& issues_;
};

}  // namespace

void read_sunset_metrics(ByteSource& source, const SeriesText& from, SunsetDrafts& drafts, Issues& issues) {
  const auto evidence = read_evidence(source, from.path);
  issues.append(Issues(evidence.issues()));
  if (!evidence.is_ok()) return;
  const auto* const samples = std::get_if<MetricSamples>(&evidence.value());
  if (samples != nullptr) return MetricSeries(from, drafts, issues).read(*samples);
  issues.add({Severity::Error,
              std::string(from.path),
              {},
              "",
              "found no time series",
              "give CSV, or the answer of a range query of Prometheus"});
}

}  // namespace migplan
