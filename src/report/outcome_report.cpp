#include <algorithm>
#include <memory>
#include <utility>

#include "migplan/report/verification_views.hpp"

namespace migplan {
namespace {

Value value_or_null(const std::optional<Indicator>& side) {
  return side ? trimmed_number({side->value.steps(), RawValue::kDecimals}) : Value{};
}
Value unit_or_null(const std::optional<Indicator>& side) { return side ? text_or_null(side->unit) : Value{}; }
Text words(const std::optional<Indicator>& side) { return Text::verbatim(side ? to_string(*side) : "-"); }

Tone tone_of(Movement movement) noexcept {
  switch (movement) {
    case Movement::Improved: return Tone::Calm;
    case Movement::Worsened: return Tone::Alert;
    case Movement::Unchanged: return Tone::Plain;
    case Movement::Unknown: return Tone::Caution;
  }
  return Tone::Plain;
}

std::shared_ptr<Table> indicators_table(const OutcomeView& view) {
  const std::span<const IndicatorChange> changes = view.changes;
  const std::span<const Check> checks = view.checks;
  std::vector<Column> columns;
  const auto add = [&](const char* key, Shown shown, bool is_numeric, Value (*get)(const IndicatorChange&)) -> Column& {
    columns.push_back({key, key, shown, is_numeric, [changes, get](std::size_t i) { return get(changes[i]); }});
    return columns.back();
  };
  add("indicator", Shown::Always, false, [](const auto& c) -> Value { return std::string_view(c.any().name); });
  add("before", Shown::Always, true, [](const auto& c) { return value_or_null(c.before); }).words =
      [changes](std::size_t i) { return words(changes[i].before); };
  add("before_unit", Shown::InData, false, [](const auto& c) { return unit_or_null(c.before); });
  add("after", Shown::Always, true, [](const auto& c) { return value_or_null(c.after); }).words =
      [changes](std::size_t i) { return words(changes[i].after); };
  add("after_unit", Shown::InData, false, [](const auto& c) { return unit_or_null(c.after); });
  Column& change =
      add("change_percent", Shown::Always, true, [](const auto& c) { return c.percent ? Value(*c.percent) : Value{}; });
  change.heading = "change %";
  change.tone = [changes](std::size_t i) { return tone_of(changes[i].movement); };
  add("better", Shown::Always, false, [](const auto& c) { return word_value(name_of(c.any().better)); });
  columns.push_back({"verdict", "verdict", Shown::Always, false,
                     [checks](std::size_t i) { return word_value(name_of(checks[i].verdict)); }});
  return std::make_shared<Table>("indicators", "Before and after", changes.size(), std::move(columns));
}

Text headline(std::span<const IndicatorChange> changes) {
  const auto count = [changes](Movement movement) {
    return std::count_if(changes.begin(), changes.end(),
                         [movement](const IndicatorChange& change) { return change.movement == movement; });
  };
  return say("{}: {} better, {} worse, {} unchanged, {} on one side only",
             counted(changes.size(), "{} indicator", "{} indicators"), count(Movement::Improved),
             count(Movement::Worsened), count(Movement::Unchanged), count(Movement::Unknown));
}

}  // namespace

Result<Report> outcome_report(const OutcomeView& view, const TableChoice& choice) {
  return checks_report({.command = "outcome",
                        .checks = view.checks,
                        .rules = {kOutcomeRules.begin(), kOutcomeRules.end()},
                        .inconclusive = view.inconclusive,
                        .headlines = {headline(view.changes)},
                        .document = {{"service", text_or_null(view.service)}},
                        .tables = {indicators_table(view)}},
                       choice);
}

}  // namespace migplan
