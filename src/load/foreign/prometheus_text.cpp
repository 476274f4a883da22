#include <fmt/format.h>
#include <simdjson.h>

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "evidence_formats.hpp"
#include "metric_families.hpp"
#include "metrics_result.hpp"
#include "migplan/base/short_text.hpp"
#include "prometheus_line.hpp"
#include "source_lines.hpp"

// https://prometheus.io/docs/instrumenting/exposition_formats/ (0.0.4) and OpenMetrics 1.0. They differ in their end,
// which OpenMetrics marks, and in the unit of times, so that a text is known only when it has been read.
namespace migplan {
namespace {

std::optional<MetricType> type_named(std::string_view name) noexcept {
  constexpr std::array<std::pair<std::string_view, MetricType>, 9> kTypes{{
      {"counter", MetricType::Counter},
      {"gauge", MetricType::Gauge},
      {"histogram", MetricType::Histogram},
      {"summary", MetricType::Summary},
      {"untyped", MetricType::Unknown},
      {"unknown", MetricType::Unknown},
      {"info", MetricType::Gauge},
      {"stateset", MetricType::Gauge},
      {"gaugehistogram", MetricType::Gauge},
  }};
  for (const auto& [known, type] : kTypes) {
    if (known == name) return type;
  }
  return std::nullopt;
}

bool is_of_open_metrics(std::string_view type) noexcept {
  return type == "unknown" || type == "info" || type == "stateset" || type == "gaugehistogram";
}

std::string_view take_word(std::string_view& text) noexcept {
  text = trimmed_text(text);
  const std::size_t end = std::min(text.find_first_of(" \t"), text.size());
  const std::string_view word = text.substr(0, end);
  text.remove_prefix(end);
  return word;
}

class ExpositionReader {
 public:
  ExpositionReader(ByteSource& source, std::string_view file) : lines_(source, file) { samples_.file = file; }

  Result<Evidence> read() {
    while (lines_.next()) add_line();
    check_end();
    if (has_times_ && !is_open_metrics_ && !issues_.has_errors()) times_to_milliseconds();
    return metrics_result(std::move(samples_), std::move(issues_));
  }

 private:
  void add_line() {
    const std::string_view line = trimmed_text(lines_.line());
    if (line.empty()) return;
    if (has_end_) {
      if (!std::exchange(is_behind_end_told_, true)) issues_.add(lines_.issue(0, "text behind # EOF"));
    } else if (line.front() == '#') {
      add_comment(line);
    } else if (!lines_.is_whole()) {
      issues_.add(lines_.issue(lines_.line().size(), "the last line has no end",
                               "the file may have been cut short; end it with a newline if it was not", Cause::Syntax));
    } else {
      add_sample();
    }
  }

  void add_comment(std::string_view line) {
    std::string_view rest = line.substr(1);
    const std::string_view keyword = take_word(rest);
    if (keyword == "EOF") {
      is_open_metrics_ = has_end_ = true;
    } else if (keyword == "TYPE") {
      add_type(rest);
    }
  }

  void add_type(std::string_view rest) {
    std::string_view family = take_word(rest);
    if (family.size() > 2 && family.starts_with('"') && family.ends_with('"')) {
      family = family.substr(1, family.size() - 2);
    }
    const std::string_view name = take_word(rest);
    const auto type = type_named(name);
    if (!type) {
      const std::size_t offset = static_cast<std::size_t>(name.data() - lines_.line().data());
      issues_.add(lines_.issue(offset, fmt::format("found {}, expected a type such as counter", in_quotes(name))));
      return;
    }
    if (is_of_open_metrics(name)) note_open_metrics();
    families_.set(family, *type);
    last_name_ = {};  // the next sample may be of this family, whatever its name
  }

  void add_sample() {
    const std::string_view line = lines_.line();
    const bool is_same = !head_.empty() && line.starts_with(head_) && line.size() > head_.size() &&
                         (line[head_.size()] == ' ' || line[head_.size()] == '\t') &&
                         samples_.series().back().points < std::numeric_limits<std::uint32_t>::max();
    auto fault = is_same ? std::nullopt : parsed_.read_head(line);
    const std::size_t head_size = is_same ? head_.size() : parsed_.head_size();
    if (!fault) fault = parsed_.read_values(line, head_size);
    if (fault) {
      issues_.add(lines_.issue(fault->at, std::move(fault->what)));
      return;
    }
    if (parsed_.has_exemplar()) note_open_metrics();
    if (parsed_.is_composite()) {
      pass_composite();
      return;
    }
    if (!is_same && !begin_series(line.substr(0, head_size))) return;
    add_point();
  }

  bool begin_series(std::string_view head) {
    if (!simdjson::validate_utf8(head.data(), head.size())) {
      issues_.add(lines_.issue(0, "found bytes that are no UTF-8"));
      return false;
    }
    head_.assign(head);
    const std::string_view name = kept(parsed_.name(), last_name_);
    if (name.data() != last_name_.data()) last_type_ = families_.type_of(name);
    last_name_ = name;
    // Of neighbours nearly all labels are the same.
    const auto before =
        samples_.series().empty() ? std::span<const MetricLabel>() : samples_.labels(samples_.series().back());
    samples_.add_series(name, last_type_, lines_.at());
    for (std::size_t i = 0; i < parsed_.labels().size(); ++i) {
      const MetricLabel known = i < before.size() ? before[i] : MetricLabel{};
      const auto& [label_name, value] = parsed_.labels()[i];
      samples_.add_label(kept(label_name, known.name), kept(value, known.value));
    }
    return true;
  }

  // A part of the head, kept; where it reads as `known`, which is kept, that.
  std::string_view kept(PrometheusLine::Span span, std::string_view known) {
    const std::string_view text = span.in(head_);
    if (span.has_escapes) return samples_.arena().keep_shared(without_escapes(text));
    return is_same_text(text, known) ? known : samples_.arena().keep_shared(text);
  }

  void add_point() {
    MetricPoint point;
    point.value = parsed_.value();
    if (const auto time = parsed_.time()) {
      constexpr std::int64_t kThousand = 1000;
      point.time_ms = *time;
      has_times_ = true;
      if (*time % kThousand != 0 && first_fraction_.line == 0) first_fraction_ = lines_.at(parsed_.time_at());
    }
    samples_.add_point(point);
  }

  void pass_composite() {
    if (std::exchange(is_composite_told_, true)) return;
    Issue issue = lines_.issue(parsed_.value_at(), "native histograms in a text are passed over",
                               "ask the API of Prometheus for them");
    issue.severity = Severity::Warning;
    issues_.add(std::move(issue));
  }

  void note_open_metrics() {
    if (open_metrics_at_.line == 0) open_metrics_at_ = lines_.at();
  }

  void check_end() {
    if (open_metrics_at_.line != 0 && !has_end_) {
      issues_.add(
          lines_.issue(lines_.line().size(),
                       fmt::format("the text ends, expected # EOF as line {} is OpenMetrics", open_metrics_at_.line),
                       "the file may have been cut short", Cause::Syntax));
    }
    if (first_fraction_.line != 0 && !is_open_metrics_) {
      issues_.add({Severity::Error, lines_.file(), first_fraction_, "",
                   "found a time with a fraction, expected whole milliseconds",
                   "OpenMetrics, whose times are seconds, ends with # EOF"});
    }
  }

  void times_to_milliseconds() {
    constexpr std::int64_t kThousand = 1000;
    constexpr std::int64_t kOneIn1973 = 100'000'000'000;  // as seconds, in the year 5138
    bool has_seconds = false;
    for (MetricPoint& point : samples_.all_points()) {
      if (point.time_ms == MetricPoint::kNoTime) continue;
      point.time_ms /= kThousand;
      has_seconds = has_seconds || (point.time_ms > 0 && point.time_ms < kOneIn1973);
    }
    if (has_seconds) {
      issues_.add({Severity::Warning,
                   lines_.file(),
                   {},
                   "",
                   "times are read as milliseconds, and some lie before 1974",
                   "OpenMetrics, whose times are seconds, ends with # EOF"});
    }
  }

  SourceLines lines_;
  MetricSamples samples_;
  Issues issues_;
  MetricFamilies families_;
  PrometheusLine parsed_;
  std::string head_;  // of the series added last, as it is written
  std::string_view last_name_;
  MetricType last_type_ = MetricType::Unknown;
  bool is_open_metrics_ = false, has_end_ = false, has_times_ = false;
  bool is_behind_end_told_ = false, is_composite_told_ = false;
  Position open_metrics_at_, first_fraction_;
};

Result<Evidence> read_text_format(ByteSource& source, std::string_view file) {
  return ExpositionReader(source, file).read();
}

bool is_comment_of_format(std::string_view line) noexcept {
  return line.starts_with("# TYPE ") || line.starts_with("# HELP ") || line.starts_with("# UNIT ") || line == "# EOF";
}

// Without comments, the first lines must be samples: nearly any word with a number behind it is one.
bool is_text_format(std::string_view beginning) {
  constexpr int kLines = 5;
  int samples = 0;
  bool is_it = false, has_fault = false;
  PrometheusLine parsed;
  visit_lines(beginning, [&](std::string_view line) {
    const std::string_view text = trimmed_text(line);
    is_it = is_comment_of_format(text);
    if (is_it) return false;
    if (text.empty() || text.front() == '#') return true;
    has_fault = parsed.read_head(text) || parsed.read_values(text, parsed.head_size());
    return !has_fault && ++samples < kLines;
  });
  return is_it || (!has_fault && samples != 0);
}

}  // namespace

const EvidenceFormat kPrometheusText{"prometheus-text", "text format of Prometheus 0.0.4 and OpenMetrics 1.0",
                                     is_text_format, read_text_format};

}  // namespace migplan
