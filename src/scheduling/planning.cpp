#include "migplan/scheduling/planning.hpp"

#include <algorithm>
#include <utility>

#include "programme_calendar.hpp"

namespace migplan {
namespace {

// Whether a longer calendar could help: some day offers what the activity needs.
bool is_ever_possible(const Project& project, ActivityIndex i) {
  for (const Demand& demand : project.demands(i)) {
    const auto capacity = project.capacity(demand.resource);
    if (capacity.empty() || *std::max_element(capacity.begin(), capacity.end()) < demand.amount) return false;
  }
  return true;
}

// An order to begin the search for the makespan with: that of a short search for early cutovers, which fill gaps well.
// It counts among the schedules.
std::vector<ActivityIndex> early_order(const Programme& programme, SearchOptions& options, std::uint64_t& schedules) {
  constexpr std::uint64_t kShare = 10;
  Objective early = programme.objective();
  Stage stage;
  for (const MoveGroup& group : programme.groups()) stage.push_back({group.cutover, std::ssize(group.members)});
  early.stages.push_back(std::move(stage));
  SearchOptions first = options;
  first.budget = std::max<std::uint64_t>(options.budget / kShare, 1);
  const auto found = search(programme.project(), early, first);
  if (!found) return {};
  schedules = found->schedules;
  options.budget -= std::min(options.budget - 1, found->schedules);
  return order_of(programme.project(), found->placement);
}

}  // namespace

Result<Planning> make_plan(const Scorecard& card, const ProgrammeOptions& options,
                           const SearchOptions& search_options) {
  Planning planning;
  std::optional<Day> days;
  for (;;) {
    auto made = Programme::create(card, options, days);
    if (!made.is_ok()) return std::move(made).issues();
    planning.programme = std::make_unique<Programme>(std::move(made).value());
    const Programme& programme = *planning.programme;
    const Project& project = programme.project();
    planning.bounds = lower_bounds(project, options.goal == Goal::Makespan);
    SearchOptions chosen = search_options;
    chosen.lower_bound = planning.bounds.best();
    std::uint64_t before = 0;
    std::vector<ActivityIndex> first;
    if (options.goal == Goal::Makespan && chosen.budget > 1) first = early_order(programme, chosen, before);
    auto found = search(project, programme.objective(), chosen, first);
    if (found) {
      planning.plan = std::make_unique<Plan>(programme, std::move(found->placement));
      planning.standing = std::move(found->standing);
      planning.schedules = before + found->schedules;
      planning.stopped_by = found->stopped_by;
      return planning;
    }
    planning.misfit = first_misfit(project, project.topological_order());
    const Day length = project.timeline().days();
    const bool is_hopeless = planning.misfit && !is_ever_possible(project, *planning.misfit);
    if (is_hopeless || length >= kMostDays) return planning;
    days = std::min(length * 2, kMostDays);
  }
}

}  // namespace migplan
