#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "duration_text.hpp"
#include "objective_formats.hpp"

namespace migplan {
namespace {

constexpr std::array<std::string_view, 2> kVersions{"openslo/v1", "openslo/v1alpha"};
constexpr std::array<std::string_view, 3> kMethods{"Occurrences", "Timeslices", "RatioTimeslices"};
constexpr std::array<std::string_view, 4> kOperators{"lt", "lte", "gt", "gte"};
constexpr std::array<std::string_view, 4> kOperatorWords{"less than", "at most", "greater than", "at least"};

bool is_openslo(const YamlValue& document) {
  const std::string_view version = document.text_of("apiVersion");
  return version.starts_with("openslo/") || version.starts_with("openslo.com/");
}

template <std::size_t n>
std::optional<std::size_t> place_in(const std::array<std::string_view, n>& words, std::string_view word) {
  const auto found = std::find(words.begin(), words.end(), word);
  return found == words.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - words.begin()));
}

// One document of kind SLO. What its objectives share is read first.
class SloDocument {
 public:
  SloDocument(const YamlValue& document, ObjectiveFile& file) : document_(document), file_(file) {}

  void read() {
    const auto metadata = document_.find("metadata"), spec = document_.find("spec");
    if (!metadata) add(missing(document_, "metadata", "a map with a name"));
    if (!spec) return add(missing(document_, "spec", "a map"));
    if (metadata) shared_.name = required_text(*metadata, "name", "the objective's name", file_).value_or("");
    shared_.service = required_text(*spec, "service", "the service's name", file_).value_or("");
    read_window(*spec);
    read_method(*spec);
    const auto objectives = spec->find("objectives");
    if (!objectives || !objectives->is_list()) return add(missing(*spec, "objectives", "a list of objectives"));
    const auto items = objectives->items();
    if (items.empty()) add(objectives->issue("found none, expected one objective or more"));
    for (std::size_t i = 0; i < items.size(); ++i) read_objective(*spec, items[i], items.size() > 1, i);
  }

 private:
  void add(Issue issue) { file_.issues.add(std::move(issue)); }

  void read_window(const YamlValue& spec) {
    const auto v1 = spec.find("timeWindow"), windows = v1 ? v1 : spec.find("timeWindows");
    if (!windows) return;
    if (!windows->is_list()) return add(windows->unexpected("a list with one window"));
    const auto items = windows->items();
    if (items.empty()) return;
    if (items.size() > 1) add(windows->issue(fmt::format("found {} windows, expected one", items.size())));
    const YamlValue& window = items.front();
    const auto rolling = window.find("isRolling");
    if (rolling && rolling->kind() == YamlKind::Boolean) {
      shared_.is_rolling = rolling->text().starts_with('t') || rolling->text().starts_with('T');
    } else if (window.find("calendar")) {
      shared_.is_rolling = false;
    }
    const auto duration = window.find("duration"), count = window.find("count"), unit = window.find("unit");
    if (duration) {
      shared_.window = openslo_duration(duration->text());
      if (!shared_.window) add(duration->unexpected("a number with m, h, d, w, M, Q or Y, up to 10,000 days"));
    } else if (count && unit) {
      shared_.window = openslo_duration(count->text(), unit->text());
      if (!shared_.window) {
        add(count->issue(fmt::format("found {} x {}, expected a number of Second, Minute, … or Year",
                                     printable(count->text()), in_quotes(unit->text()))));
      }
    } else {
      add(missing(window, "duration", "a length such as 4w"));
    }
  }

  void read_method(const YamlValue& spec) {
    const auto method = spec.find("budgetingMethod");
    if (!method) {
      file_.warn(spec, "no budgetingMethod, which OpenSLO asks for: taken as Occurrences");
      return;
    }
    method_ = method->text();
    if (!place_in(kMethods, method_)) {
      return add(method->unexpected(fmt::format("one of {}", fmt::join(kMethods, ", "))));
    }
    if (method_ != kMethods.front()) shared_.budget_of = BudgetOf::TimeSlices;
  }

  void read_slices(const YamlValue& item) {
    if (shared_.budget_of != BudgetOf::TimeSlices) return;
    if (!item.find("timeSliceWindow")) add(missing(item, "timeSliceWindow", "the length of a slice, such as 1m"));
    const auto target = item.find("timeSliceTarget");
    if (method_ == "Timeslices" && !target) add(missing(item, "timeSliceTarget", "a fraction above 0, up to 1"));
    if (target) static_cast<void>(exact_percent(*target, WrittenAs::Number, true, file_));
  }

  std::optional<Percent> read_target(const YamlValue& item, ServiceObjective& objective) {
    const auto fraction = item.find("target"), percent = item.find("targetPercent");
    if (fraction && percent) {
      add(percent->issue("target and targetPercent stand side by side, expected one of them"));
      return std::nullopt;
    }
    if (!fraction && !percent) {
      add(missing(item, "target", "a fraction such as 0.999, or targetPercent"));
      return std::nullopt;
    }
    const YamlValue& stated = fraction ? *fraction : *percent;
    objective.place = place_of(stated, file_.name);
    return exact_percent(stated, WrittenAs::Number, fraction.has_value(), file_);
  }

  // The SLI of this name among the file's documents.
  [[nodiscard]] std::optional<YamlValue> referred(std::string_view name) const {
    for (const YamlValue& document : file_.documents) {
      const auto metadata = document.find("metadata");
      if (is_openslo(document) && document.text_of("kind") == "SLI" && metadata && metadata->text_of("name") == name) {
        return document;
      }
    }
    return std::nullopt;
  }

  void check_ratio(const YamlValue& ratio) {
    if (ratio.find("raw")) {
      const auto type = ratio.text_of("rawType");
      if (type != "success" && type != "failure") add(missing(ratio, "rawType", "success or failure"));
      return;
    }
    const auto good = ratio.find("good"), bad = ratio.find("bad");
    if (!ratio.find("total")) add(missing(ratio, "total", "a metric"));
    if (good && bad) add(bad->issue("good and bad stand side by side, expected one of them"));
    if (!good && !bad) add(missing(ratio, "good", "a metric, or bad"));
  }

  // The value that a threshold metric is held against; its unit is in the query.
  void read_threshold(const YamlValue& item, ServiceObjective& objective) {
    objective.kind = ObjectiveKind::Threshold;
    const auto op = item.find("op"), value = item.find("value");
    if (!op) add(missing(item, "op", fmt::format("one of {}", fmt::join(kOperators, ", "))));
    if (!value) add(missing(item, "value", "a number"));
    if (!op || !value) return;
    const auto place = place_in(kOperators, op->text());
    if (!place) return add(op->unexpected(fmt::format("one of {}", fmt::join(kOperators, ", "))));
    if (!value->is_number()) return add(value->unexpected("a number"));
    objective.notes.push_back(fmt::format("values are to be {} {}, whose unit stands in the query",
                                          kOperatorWords[*place], printable(value->text())));
  }

  void read_metrics(const YamlValue& indicator, const YamlValue& item, ServiceObjective& objective) {
    const auto in_spec = indicator.find("spec");
    const YamlValue& metrics = in_spec ? *in_spec : indicator;
    const auto ratio = metrics.find("ratioMetric"), threshold = metrics.find("thresholdMetric");
    if (ratio.has_value() == threshold.has_value()) {
      return add(metrics.issue(
          fmt::format("found {} of ratioMetric and thresholdMetric, expected one of them", ratio ? "both" : "none")));
    }
    if (ratio) check_ratio(*ratio);
    if (threshold) read_threshold(item, objective);
  }

  void read_indicator(const YamlValue& spec, const YamlValue& item, ServiceObjective& objective) {
    if (const auto ratio = item.find("ratioMetrics")) return check_ratio(*ratio);
    for (const YamlValue* const holder : {&item, &spec}) {
      if (const auto indicator = holder->find("indicator")) return read_metrics(*indicator, item, objective);
      const auto reference = holder->find("indicatorRef");
      if (!reference) continue;
      const auto sli = referred(reference->text());
      if (sli) return read_metrics(*sli, item, objective);
      objective.kind = ObjectiveKind::Unknown;
      objective.notes.push_back(fmt::format("its indicator {} is not in this file", in_quotes(reference->text())));
      return;
    }
    add(missing(spec, "indicator", "an indicator, or indicatorRef"));
  }

  void read_objective(const YamlValue& spec, const YamlValue& item, bool has_others, std::size_t number) {
    if (!item.is_map()) return add(item.unexpected("a map"));
    ServiceObjective objective = shared_;
    if (has_others) {
      const auto name = item.text_of("displayName");
      objective.name += name.empty() ? fmt::format("/{}", number + 1) : fmt::format("/{}", name);
    }
    read_indicator(spec, item, objective);
    read_slices(item);
    const auto target = read_target(item, objective);
    if (!target) return;
    objective.target = *target;
    file_.objectives.push_back(std::move(objective));
  }

  const YamlValue& document_;
  ObjectiveFile& file_;
  ServiceObjective shared_;
  std::string_view method_ = kMethods.front();
};

void read_openslo(const YamlValue& document, ObjectiveFile& file) {
  if (!place_in(kVersions, document.text_of("apiVersion"))) {
    return file.issues.add(
        document.find("apiVersion")->unexpected(fmt::format("one of {}", fmt::join(kVersions, ", "))));
  }
  const auto kind = document.find("kind");
  if (!kind) return file.issues.add(missing(document, "kind", "SLO or another kind of OpenSLO"));
  if (kind->text() == "SLO") SloDocument(document, file).read();
}

}  // namespace

const ObjectiveFormat kOpenSlo{"OpenSLO (apiVersion: openslo/v1, kind: SLO)", is_openslo, read_openslo};

}  // namespace migplan
