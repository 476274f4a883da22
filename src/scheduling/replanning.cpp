#include "migplan/scheduling/replanning.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace migplan {
namespace {

std::optional<Date> cutover_of(const DatedService& service) {
  for (const DatedPhase& phase : service.phases) {
    if (phase.phase == kCutover) return phase.start;
  }
  return std::nullopt;
}

// Broken pins, late cutovers, days late, windows changed, days moved.
auto standing_of(const Planning& planning, const PlanDates& previous) {
  const Moves moves = moves_between(previous, *planning.plan);
  return std::tuple(planning.standing[0], planning.standing[1], planning.standing[2], moves.windows(), moves.days());
}

}  // namespace

std::size_t Moves::windows() const noexcept {
  return static_cast<std::size_t>(
      std::count_if(moved.begin(), moved.end(), [](const Move& move) { return move.changes_window(); }));
}

std::int64_t Moves::days() const noexcept {
  std::int64_t sum = 0;
  for (const Move& move : moved) sum += std::abs(move.after - move.before);
  return sum;
}

Moves moves_between(const PlanDates& before, const Plan& after) {
  std::map<std::string_view, const DatedService*> known;
  for (const DatedService& service : before.services) known.emplace(service.name, &service);
  Moves moves;
  std::set<std::string_view> planned;
  const Programme& programme = after.programme();
  for (std::uint32_t m = 0; m < programme.migrations().size(); ++m) {
    const Migration& migration = programme.migrations()[m];
    const std::string_view name = programme.name_of(migration);
    planned.insert(name);
    const auto found = known.find(name);
    const auto day = found == known.end() ? std::nullopt : cutover_of(*found->second);
    if (!day) {
      moves.added.emplace_back(name);
      continue;
    }
    const Date now = programme.date_of(after.cutover(migration));
    if (now != *day) moves.moved.push_back({m, *day, now});
  }
  for (const auto& [name, service] : known) {
    if (!planned.contains(name)) moves.gone.emplace_back(name);
  }
  return moves;
}

Issues foreign_plan_issues(const Inventory& inventory, const PlanDates& plan) {
  Issues issues;
  std::vector<std::string_view> unknown;
  for (const DatedService& service : plan.services) {
    if (inventory.find(service.name)) continue;
    unknown.push_back(service.name);
    issues.add({Severity::Warning, plan.file, service.at, "services",
                fmt::format("{} is not in the inventory any more", in_quotes(service.name)), ""});
  }
  if (unknown.size() * 2 <= plan.services.size()) return issues;
  constexpr std::size_t kNamed = 3;
  const std::size_t more = unknown.size() - std::min(unknown.size(), kNamed);
  const std::string others = more == 0 ? "" : fmt::format(" and {} more", more);
  const std::size_t all = unknown.size();
  unknown.resize(all - more);
  Issues refused;
  refused.add({Severity::Error,
               plan.file,
               {},
               "services",
               fmt::format("{} of its {} services are not in the inventory ({}{}): this is the plan of another one",
                           all, plan.services.size(), fmt::join(unknown, ", "), others),
               ""});
  return refused;
}

Result<Planning> replan(const Scorecard& card, const ProgrammeOptions& options, const SearchOptions& search,
                        const PlanDates& previous) {
  ProgrammeOptions anchored = options;
  anchored.previous = &previous;
  auto kept = make_plan(card, anchored, search);
  if (!kept.is_ok() || !kept.value().plan || kept.value().plan->is_end_met()) return kept;
  auto free = make_plan(card, options, search);
  if (!free.is_ok() || !free.value().plan) return kept;
  return standing_of(free.value(), previous) < standing_of(kept.value(), previous) ? std::move(free) : std::move(kept);
}

}  // namespace migplan
