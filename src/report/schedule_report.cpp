#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "migplan/report/views.hpp"
#include "schedule_tables.hpp"
#include "schedule_timetable.hpp"
#include "table_choice.hpp"

namespace migplan {
namespace {

Object programme_object(const Programme& programme) {
  const SchedulePolicy& policy = programme.policy();
  const auto& as_of = programme.options().as_of;
  return {{"start", policy.start.to_string()},
          {"end", policy.end.to_string()},
          {"deadline_applies_to", name_of(policy.deadline_applies_to)},
          {"order", name_of(policy.order)},
          {"across_tiers", name_of(policy.across_tiers)},
          {"as_of", as_of ? Value(as_of->to_string()) : Value{}}};
}

std::string_view name_of(StoppedBy reason) noexcept {
  switch (reason) {
    case StoppedBy::Budget: return "budget";
    case StoppedBy::Proof: return "proof";
    case StoppedBy::Caller: return "time";
  }
  return "";
}

// Hundredths of a per cent that `found` is above `bound`.
std::int64_t gap(Day found, Day bound) {
  return bound <= 0 ? 0 : (std::int64_t{found - bound} * 10'000 + bound / 2) / bound;
}

Object bounds_object(const Planning& planning) {
  const Programme& programme = *planning.programme;
  const LowerBounds& bounds = planning.bounds;
  List energy;
  for (ResourceIndex r = 0; r < bounds.energy.size(); ++r) {
    energy.emplace_back(
        Object{{"resource", std::string_view(programme.resources()[r].name)}, {"days", Number{bounds.energy[r], 0}}});
  }
  return {{"critical_path_days", Number{bounds.critical_path, 0}},
          {"energy", std::move(energy)},
          {"destructive_days", Number{bounds.destructive, 0}},
          {"best_days", Number{bounds.best(), 0}},
          {"gap_percent", Number{gap(planning.plan->makespan(), bounds.best()), 2}}};
}

Object search_object(const Planning& planning, const ScheduleView& view) {
  return {{"objective", planning.programme->options().goal == Goal::Score ? "score" : "makespan"},
          {"budget", count_value(view.budget)},
          {"seed", Number{static_cast<std::int64_t>(view.seed), 0}},
          {"schedules", count_value(planning.schedules)},
          {"stopped_by", name_of(planning.stopped_by)}};
}

std::string headline(const Planning& planning) {
  const Plan& plan = *planning.plan;
  const Programme& programme = *planning.programme;
  Day last = 0;
  std::size_t late = 0;
  for (const Migration& migration : programme.migrations()) {
    last = std::max(last, plan.cutover(migration));
    if (plan.is_late(migration)) ++late;
  }
  const std::string end = programme.policy().end.to_string();
  const std::string verdict = late == 0 ? fmt::format("the end, {}, is met", end)
                                        : fmt::format("{} services are behind the end, {}", late, end);
  return fmt::format("{} services from {} on, last cutover {}, everything over by {}: {}.",
                     programme.migrations().size(), programme.policy().start.to_string(),
                     programme.date_of(last).to_string(), programme.date_of(plan.makespan() - 1).to_string(), verdict);
}

std::string bounds_note(const Planning& planning) {
  const LowerBounds& bounds = planning.bounds;
  return fmt::format(
      "{} days in all; no plan takes less than {} (critical path {}), so this one is at most {:.2f} % longer than the "
      "shortest.",
      planning.plan->makespan(), bounds.best(), bounds.critical_path,
      static_cast<double>(gap(planning.plan->makespan(), bounds.best())) / 100.0);
}

std::string windows_note(const Plan& plan) {
  std::size_t promised = 0, missed = 0;
  for (const Migration& migration : plan.programme().migrations()) {
    const auto& window = details_of(plan.programme().card().inventory()[migration.service]).committed_window;
    if (!window) continue;
    ++promised;
    if (plan.window(migration) > *window) ++missed;
  }
  return promised == 0 ? "" : fmt::format("{} of {} promised windows are missed.", missed, promised);
}

Issues choose(std::vector<std::shared_ptr<Table>>& tables, const TableChoice& choice) {
  auto chosen = chosen_tables(tables, choice);
  if (!chosen.is_ok()) return std::move(chosen).issues();
  tables = std::move(chosen).value();
  return {};
}

}  // namespace

Result<Report> schedule_report(const ScheduleView& view, const TableChoice& choice) {
  const Planning& planning = *view.planning;
  const Plan& plan = *planning.plan;
  auto tiers = chosen_tiers(plan.programme().card().policy(), choice.tiers);
  if (!tiers.is_ok()) return std::move(tiers).issues();
  const auto share = [](Table table) { return std::make_shared<Table>(std::move(table)); };
  std::vector<std::shared_ptr<Table>> tables{share(services_table(plan, tiers.value())),
                                             share(waves_table(plan)),
                                             share(resources_table(plan)),
                                             share(missed_table(plan)),
                                             share(bridges_table(plan)),
                                             share(phases_table(plan, tiers.value())),
                                             share(load_table(plan)),
                                             share(chain_table(plan))};
  constexpr std::size_t kShownUnasked = 5;
  const std::vector<std::shared_ptr<Table>> all = tables;
  if (Issues issues = choose(tables, choice); issues.has_errors()) return issues;
  const bool is_everything = tables.size() == all.size();
  Report report{.document = {{"schema", "migplan/schedule/v1"}}, .tables = {}, .notes = {}};
  Object& document = report.document;
  document.emplace_back("programme", programme_object(plan.programme()));
  document.emplace_back("makespan_days", Number{plan.makespan(), 0});
  document.emplace_back("end_met", plan.is_end_met());
  document.emplace_back("search", search_object(planning, view));
  document.emplace_back("bounds", bounds_object(planning));
  for (const auto& table : tables) {
    if (table->key() == "phases") continue;  // the services have them
    document.emplace_back(table->key(), Value(std::shared_ptr<const Table>(table)));
  }
  report.tables.assign(tables.begin(), is_everything ? tables.begin() + kShownUnasked : tables.end());
  report.timetable = timetable_of(plan, tiers.value(), choice);
  report.headlines.push_back(headline(planning));
  report.notes.push_back(bounds_note(planning));
  if (std::string note = windows_note(plan); !note.empty()) report.notes.push_back(std::move(note));
  return report;
}

}  // namespace migplan
