#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <set>
#include <utility>

#include "migplan/report/verification_views.hpp"

namespace migplan {
namespace {

using Judged = std::span<const JudgedObjective>;

Value whole(std::uint64_t count) { return count_value(static_cast<std::size_t>(count)); }

template <class Q>
Value quantity_or_null(const std::optional<Q>& quantity) {
  return quantity ? trimmed_number({quantity->steps(), Q::kDecimals}) : Value{};
}

Value number_or_null(const std::optional<Number>& number) { return number ? trimmed_number(*number) : Value{}; }

// Of the error budget where the objective was measured, else null.
template <class Get>
Value of_budget(const JudgedObjective& judged, Get get) {
  return judged.budget ? get(*judged.budget) : Value{};
}

class ObjectiveColumns {
 public:
  explicit ObjectiveColumns(Judged objectives) : objectives_(objectives) {
    const auto is_measured = [](const JudgedObjective& judged) { return judged.budget.has_value(); };
    measured_ = std::any_of(objectives.begin(), objectives.end(), is_measured) ? Shown::Always : Shown::InData;
  }

  std::vector<Column> all() && {
    add_stated();
    add_measured();
    add("source", Shown::InData, false, [](const auto& j) -> Value { return to_string(j.objective.place); });
    return std::move(columns_);
  }

 private:
  using Get = Value (*)(const JudgedObjective&);
  void add(const char* key, Shown shown, bool is_numeric, Get get) {
    columns_.push_back({key, key, shown, is_numeric, [all = objectives_, get](std::size_t i) { return get(all[i]); }});
  }

  void add_stated() {
    add("service", Shown::Always, false, [](const auto& j) { return text_or_null(j.objective.service); });
    add("objective", Shown::Always, false, [](const auto& j) -> Value { return std::string_view(j.objective.name); });
    add("kind", Shown::Always, false, [](const auto& j) { return word_value(name_of(j.objective.kind)); });
    add("target", Shown::Always, true,
        [](const auto& j) { return quantity_or_null(std::optional(j.objective.target)); });
    add("budget", Shown::Always, true,
        [](const auto& j) { return quantity_or_null(std::optional(error_budget(j.objective))); });
    add("stated_budget", Shown::InData, true,
        [](const auto& j) { return quantity_or_null(j.objective.stated_budget); });
    add("limit_ms", Shown::Always, true, [](const auto& j) { return quantity_or_null(j.objective.latency_limit); });
    add("window", Shown::Always, false,
        [](const auto& j) -> Value { return j.objective.window ? Value(text_of(*j.objective.window)) : Value{}; });
    add("rolling", Shown::InData, false,
        [](const auto& j) -> Value { return j.objective.is_rolling ? Value(*j.objective.is_rolling) : Value{}; });
  }

  void add_measured() {
    add("total", measured_, true,
        [](const auto& j) { return of_budget(j, [](const ErrorBudget& b) { return whole(b.total()); }); });
    add("failed", measured_, true,
        [](const auto& j) { return of_budget(j, [](const ErrorBudget& b) { return whole(b.failed()); }); });
    add("allowed", measured_, true,
        [](const auto& j) { return of_budget(j, [](const ErrorBudget& b) { return whole(b.allowed()); }); });
    add("left", measured_, true, [](const auto& j) {
      return of_budget(j, [](const ErrorBudget& b) -> Value {
        return Number{static_cast<std::int64_t>(b.allowed()) - static_cast<std::int64_t>(b.failed()), 0};
      });
    });
    add("used_percent", Shown::InData, true,
        [](const auto& j) { return of_budget(j, [](const ErrorBudget& b) { return number_or_null(b.used()); }); });
    add("burn_rate", measured_, true,
        [](const auto& j) { return of_budget(j, [](const ErrorBudget& b) { return number_or_null(b.burn_rate()); }); });
    add("lasts_days", measured_, true,
        [](const auto& j) { return of_budget(j, [](const ErrorBudget& b) { return quantity_or_null(b.lasts()); }); });
  }

  Judged objectives_;
  Shown measured_ = Shown::InData;
  std::vector<Column> columns_;
};

struct Note {
  std::string source, note;
};

std::shared_ptr<Table> notes_table(Judged objectives) {
  const auto notes = std::make_shared<std::vector<Note>>();
  for (const JudgedObjective& judged : objectives) {
    for (const std::string& note : judged.objective.notes) {
      notes->push_back({to_string(judged.objective.place), fmt::format("{}: {}", judged.objective.name, note)});
    }
  }
  std::vector<Column> columns;
  columns.push_back(
      {"source", "source", Shown::Always, false, [notes](std::size_t i) -> Value { return (*notes)[i].source; }});
  columns.push_back(
      {"note", "note", Shown::Always, false, [notes](std::size_t i) -> Value { return (*notes)[i].note; }});
  return std::make_shared<Table>("notes", "What the files do not say", notes->size(), std::move(columns));
}

Text headline(const SloView& view) {
  std::set<std::string_view> services;
  for (const JudgedObjective& judged : view.objectives) services.insert(judged.objective.service);
  const auto count = [&view](Verdict verdict) {
    return std::count_if(view.checks.begin(), view.checks.end(),
                         [verdict](const Check& check) { return check.verdict == verdict; });
  };
  Text line =
      say("{} of {}: of {} {} pass, {} fail, {} inconclusive",
          counted(view.objectives.size(), "{} objective", "{} objectives"),
          counted(services.size(), "{} service", "{} services"), counted(view.checks.size(), "{} check", "{} checks"),
          count(Verdict::Pass), count(Verdict::Fail), count(Verdict::Inconclusive));
  const auto exempted = count(Verdict::Exempted);
  return exempted == 0 ? line : line + say(", {} exempted", exempted);
}

}  // namespace

Result<Report> slo_report(const SloView& view, const TableChoice& choice) {
  auto objectives = std::make_shared<Table>("objectives", "Objectives, in percent", view.objectives.size(),
                                            ObjectiveColumns(view.objectives).all());
  return checks_report({.command = "slo",
                        .checks = view.checks,
                        .rules = {kSloRules.begin(), kSloRules.end()},
                        .inconclusive = view.inconclusive,
                        .headlines = {headline(view)},
                        .tables = {std::move(objectives), notes_table(view.objectives)}},
                       choice);
}

}  // namespace migplan
