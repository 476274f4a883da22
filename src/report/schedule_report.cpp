#include <algorithm>
#include <array>
#include <utility>

#include "migplan/report/views.hpp"
#include "picture.hpp"
#include "schedule_network.hpp"
#include "schedule_tables.hpp"
#include "schedule_timetable.hpp"
#include "table_choice.hpp"

namespace migplan {
namespace {

Object programme_object(const Programme& programme) {
  const SchedulePolicy& policy = programme.policy();
  const auto& as_of = programme.options().as_of;
  return {{"start", policy.start.to_string()},
          {"end", programme.end().to_string()},
          {"deadline_applies_to", name_of(policy.deadline_applies_to)},
          {"order", name_of(policy.order)},
          {"across_tiers", name_of(policy.across_tiers)},
          {"as_of", as_of ? Value(as_of->to_string()) : Value{}}};
}

std::string_view stopped_by(const ScheduleView& view) noexcept {
  switch (view.planning->stopped_by) {
    case StoppedBy::Budget: return "budget";
    case StoppedBy::Proof: return "proof";
    case StoppedBy::Caller: return view.stopped_by;
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

Object search_object(const ScheduleView& view) {
  const Planning& planning = *view.planning;
  return {{"objective", planning.programme->options().goal == Goal::Score ? "score" : "makespan"},
          {"budget", count_value(view.budget)},
          {"seed", Number{static_cast<std::int64_t>(view.seed), 0}},
          {"schedules", count_value(planning.schedules)},
          {"stopped_by", stopped_by(view)}};
}

Text headline(const Planning& planning) {
  const Plan& plan = *planning.plan;
  const Programme& programme = *planning.programme;
  Day last = 0;
  std::size_t late = 0;
  for (const Migration& migration : programme.migrations()) {
    last = std::max(last, plan.cutover(migration));
    if (plan.is_late(migration)) ++late;
  }
  const std::string end = programme.end().to_string();
  const Text verdict = late == 0   ? say("the end, {}, is met", end)
                       : late == 1 ? say("one service is behind the end, {}", end)
                                   : say("{} services are behind the end, {}", late, end);
  return say("{} services from {} on, last cutover {}, everything over by {}: {}.", programme.migrations().size(),
             programme.policy().start.to_string(), programme.date_of(last).to_string(),
             programme.date_of(plan.makespan() - 1).to_string(), verdict);
}

Text bounds_note(const Planning& planning) {
  const LowerBounds& bounds = planning.bounds;
  if (planning.plan->makespan() == bounds.best()) {
    return say("{} days in all; no plan takes less.", bounds.best());
  }
  return say(
      "{} days in all; no plan takes less than {} (critical path {}), so this one is at most {} % longer than the "
      "shortest.",
      planning.plan->makespan(), bounds.best(), bounds.critical_path,
      fixed(gap(planning.plan->makespan(), bounds.best()), 2));
}

Text windows_note(const Plan& plan) {
  std::size_t promised = 0, missed = 0;
  for (const Migration& migration : plan.programme().migrations()) {
    const auto& window = details_of(plan.programme().card().inventory()[migration.service]).committed_window;
    if (!window) continue;
    ++promised;
    if (plan.window(migration) > *window) ++missed;
  }
  return promised == 0 ? Text() : say("{} of {} promised windows are missed.", missed, promised);
}

Text moves_note(const ScheduleView& view) {
  const Moves& moves = *view.moves;
  return say("Against {}: {} cutovers moved, {} of them to another window, {} days in all; {} new, {} gone.",
             view.previous, moves.moved.size(), moves.windows(), moves.days(), moves.added.size(), moves.gone.size());
}

List name_list(const std::vector<std::string>& names) {
  List list;
  for (const std::string& name : names) list.emplace_back(std::string_view(name));
  return list;
}

Object moves_object(const ScheduleView& view) {
  const Moves& moves = *view.moves;
  return {{"from", view.previous},
          {"windows_changed", count_value(moves.windows())},
          {"days_moved", Number{moves.days(), 0}},
          {"added", name_list(moves.added)},
          {"gone", name_list(moves.gone)}};
}

std::vector<std::shared_ptr<Table>> tables_of(const ScheduleView& view, const std::vector<bool>& tiers) {
  const Plan& plan = *view.planning->plan;
  const auto share = [](Table table) { return std::make_shared<Table>(std::move(table)); };
  std::vector<std::shared_ptr<Table>> tables{share(services_table(plan, tiers))};
  if (view.moves != nullptr) tables.push_back(share(moved_table(plan, *view.moves)));
  if (!view.scenarios.empty()) tables.push_back(share(scenario_table(view)));
  if (view.risk != nullptr) {
    tables.push_back(share(finish_table(plan, *view.risk)));
    tables.push_back(share(risk_table(plan, *view.risk, tiers)));
  }
  tables.push_back(share(waves_table(plan)));
  tables.push_back(share(resources_table(plan)));
  tables.push_back(share(missed_table(plan)));
  tables.push_back(share(bridges_table(plan)));
  tables.push_back(share(phases_table(plan, tiers)));
  tables.push_back(share(load_table(plan)));
  tables.push_back(share(chain_table(plan)));
  tables.push_back(share(ramps_table(plan)));
  return tables;
}

// Of text and markdown, unless a table is named: what answers a question of its own stands alone.
bool is_shown_unasked(const ScheduleView& view, const Table& table) {
  if (!view.scenarios.empty()) return table.key() == "scenarios";
  if (view.moves != nullptr && table.key() == "services") return false;
  constexpr std::array<std::string_view, 4> kOnlyNamed{"phases", "load", "critical_chain", "long_ramps"};
  return std::find(kOnlyNamed.begin(), kOnlyNamed.end(), table.key()) == kOnlyNamed.end();
}

// Where a phase finds no place on any calendar there is nothing to show but why.
Report impossible_report(const ScheduleView& view) {
  const Programme& programme = *view.planning->programme;
  Report report{.document = {{"schema", "migplan/schedule/v1"}}, .tables = {}, .notes = {}};
  report.document.emplace_back("programme", programme_object(programme));
  report.document.emplace_back("makespan_days", Value{});
  report.document.emplace_back("end_met", false);
  report.document.emplace_back("infeasible", infeasible_object(programme, *view.infeasible));
  report.document.emplace_back("services", List{});
  report.headlines.emplace_back("There is no plan.");
  report.notes = infeasible_notes(programme, *view.infeasible);
  return report;
}

void add_notes(const ScheduleView& view, Report& report) {
  const Planning& planning = *view.planning;
  if (view.infeasible != nullptr) report.notes = infeasible_notes(*planning.programme, *view.infeasible);
  report.notes.push_back(bounds_note(planning));
  if (Text note = windows_note(*planning.plan); !note.empty()) report.notes.push_back(std::move(note));
  if (Text note = ramps_note(*planning.plan); !note.empty()) report.notes.push_back(std::move(note));
  if (view.moves != nullptr) report.notes.push_back(moves_note(view));
  if (view.risk != nullptr) report.notes.push_back(risk_note(*planning.plan, *view.risk));
  if (planning.stopped_by == StoppedBy::Caller) {
    report.notes.push_back(say("Stopped by {} after {} schedules: another run may end elsewhere.",
                               Text::word(view.stopped_by), planning.schedules));
  }
}

}  // namespace

Result<Report> schedule_report(const ScheduleView& view, const TableChoice& choice) {
  const Planning& planning = *view.planning;
  auto tiers = chosen_tiers(planning.programme->card().policy(), choice.tiers);
  if (!tiers.is_ok()) return std::move(tiers).issues();
  if (!planning.plan) return impossible_report(view);
  const Plan& plan = *planning.plan;
  std::vector<std::shared_ptr<Table>> tables = tables_of(view, tiers.value());
  const std::size_t all = tables.size();
  auto chosen = chosen_tables(std::move(tables), choice);
  if (!chosen.is_ok()) return std::move(chosen).issues();
  Report report{.document = {{"schema", "migplan/schedule/v1"}}, .tables = {}, .notes = {}};
  Object& document = report.document;
  document.emplace_back("programme", programme_object(plan.programme()));
  document.emplace_back("makespan_days", Number{plan.makespan(), 0});
  document.emplace_back("end_met", plan.is_end_met());
  document.emplace_back("search", search_object(view));
  document.emplace_back("bounds", bounds_object(planning));
  document.emplace_back("infeasible", view.infeasible != nullptr
                                          ? Value(infeasible_object(plan.programme(), *view.infeasible))
                                          : Value{});
  if (view.moves != nullptr) document.emplace_back("replanned", moves_object(view));
  if (view.risk != nullptr) document.emplace_back("outlook", risk_object(plan, *view.risk, view.risk_seed));
  for (const auto& table : chosen.value()) {
    if (chosen.value().size() == all && !is_shown_unasked(view, *table)) {
      report.more.push_back({table->key(), table});
      if (table->key() == "phases") continue;  // the services have them
    } else {
      report.tables.push_back(table);
    }
    document.emplace_back(table->key(), Value(std::shared_ptr<const Table>(table)));
  }
  report.timetable = timetable_of(plan, tiers.value(), choice);
  report.network = network_of(plan, tiers.value(), choice);
  report.picture = schedule_picture(planning, tiers.value(), choice);
  report.headlines.push_back(headline(planning));
  add_notes(view, report);
  return report;
}

}  // namespace migplan
