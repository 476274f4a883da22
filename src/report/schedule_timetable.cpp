#include "schedule_timetable.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "schedule_columns.hpp"
#include "schedule_tables.hpp"
#include "table_choice.hpp"

namespace migplan {

using namespace schedule_view;

namespace {

// A migration and which of its phases are shown, by number.
struct ShownService {
  std::uint32_t migration;
  std::set<std::uint32_t> phases;
};

std::string_view text_in(const Value& cell) { return cell.text().value_or(std::string_view{}); }

std::uint32_t migration_named(const Plan& plan, std::string_view name) {
  const auto migrations = plan.programme().migrations();
  const auto at = std::lower_bound(migrations.begin(), migrations.end(), name,
                                   [&plan](const Migration& migration, std::string_view wanted) {
                                     return plan.programme().name_of(migration) < wanted;
                                   });
  return static_cast<std::uint32_t>(at - migrations.begin());
}

// Phases that nobody dated stand on no calendar.
std::set<std::uint32_t> dated_phases(const Plan& plan, std::uint32_t migration, std::string_view only = {}) {
  std::set<std::uint32_t> dated;
  const auto phases = plan.programme().phases(migration_of(plan, migration));
  for (std::uint32_t k = 0; k < phases.size(); ++k) {
    const bool is_meant = only.empty() || phases[k].name == only;
    if (is_meant && !phases[k].is_over_undated) dated.insert(k);
  }
  return dated;
}

std::vector<ShownService> services_shown(const Plan& plan, const Table& services) {
  std::vector<ShownService> shown;
  const std::size_t name = services.find_column("name");
  for (std::size_t row = 0; row < services.row_count(); ++row) {
    const std::uint32_t migration = migration_named(plan, text_in(services.cell(row, name)));
    shown.push_back({migration, dated_phases(plan, migration)});
  }
  return shown;
}

std::vector<ShownService> phases_shown(const Plan& plan, const Table& phases) {
  std::vector<ShownService> shown;
  std::map<std::uint32_t, std::size_t> places;
  const std::size_t service = phases.find_column("service"), phase = phases.find_column("phase");
  for (std::size_t row = 0; row < phases.row_count(); ++row) {
    const std::uint32_t migration = migration_named(plan, text_in(phases.cell(row, service)));
    const auto [place, is_new] = places.try_emplace(migration, shown.size());
    if (is_new) shown.push_back({migration, {}});
    shown[place->second].phases.merge(dated_phases(plan, migration, text_in(phases.cell(row, phase))));
  }
  return shown;
}

class TimetableBuilder {
 public:
  TimetableBuilder(const Plan& plan, std::vector<ShownService> shown) : plan_(plan), shown_(std::move(shown)) {
    for (const ActivityIndex i : plan.critical_chain()) critical_.insert(i);
  }

  Timetable run(bool is_by_phase) {
    const SchedulePolicy& policy = plan_.programme().policy();
    timetable_.start = policy.start;
    timetable_.end = policy.end;
    timetable_.made_for = plan_.programme().options().as_of.value_or(policy.start);
    timetable_.calendar = &policy.calendar;
    timetable_.is_by_phase = is_by_phase;
    timetable_.title = fmt::format("Migration of {} service{}, {} to {}", shown_.size(), shown_.size() == 1 ? "" : "s",
                                   policy.start.to_string(), policy.end.to_string());
    for (const Tier& tier : plan_.programme().card().policy().tiers()) timetable_.tiers.emplace_back(tier.name);
    for (ResourceIndex r = 0; r < plan_.programme().resources().size(); ++r) add_resource(r);
    for (const ShownService& shown : shown_) add_service(shown);
    link();
    rank();
    return std::move(timetable_);
  }

 private:
  void add_resource(ResourceIndex r) {
    const auto capacity = plan_.programme().project().capacity(r);
    const Timeline& time = plan_.programme().project().timeline();
    TimetableResource resource{.name = plan_.programme().resources()[r].name};
    for (const std::int32_t there : capacity) resource.capacity = std::max(resource.capacity, there);
    for (std::size_t slot = 0; slot < capacity.size(); ++slot) {
      if (capacity[slot] == resource.capacity) continue;
      const Date day = plan_.programme().date_of(time.day_of(static_cast<std::int32_t>(slot)));
      const bool goes_on = slot > 0 && capacity[slot] == capacity[slot - 1];
      if (goes_on) {
        resource.shortages.back().to = day;
      } else {
        resource.shortages.push_back({day, day, capacity[slot]});
      }
    }
    timetable_.resources.push_back(std::move(resource));
  }

  void add_service(const ShownService& shown) {
    const Migration& migration = migration_of(plan_, shown.migration);
    const Service& service = service_of(plan_, shown.migration);
    TimetableService made{.name = service.name,
                          .display_name = profile_of(service).display_name,
                          .route = migration.route,
                          .team = service.team,
                          .tier = tier_of(plan_, shown.migration)};
    made.first_task = static_cast<std::uint32_t>(timetable_.tasks.size());
    const auto phases = plan_.programme().phases(migration);
    made.is_critical = std::any_of(phases.begin(), phases.end(),
                                   [this](const RoutePhase& phase) { return critical_.contains(phase.activity); });
    for (const std::uint32_t k : shown.phases) add_task(phases[k]);
    made.task_count = static_cast<std::uint32_t>(timetable_.tasks.size()) - made.first_task;
    timetable_.services.push_back(made);
  }

  void add_task(const RoutePhase& phase) {
    const Programme& programme = plan_.programme();
    const Activity& activity = programme.project()[phase.activity];
    const Day start = plan_.start(phase.activity), behind = plan_.finish(phase.activity);
    TimetableTask task{.service = static_cast<std::uint32_t>(timetable_.services.size()),
                       .phase = phase.name,
                       .start = programme.date_of(start),
                       .finish = programme.date_of(std::max(start, behind - 1)),
                       .days = activity.duration,
                       .unit = activity.is_elapsed ? DayKind::Calendar : DayKind::Working,
                       .not_before = programme.date_of(activity.release),
                       .is_fixed = activity.fixed.has_value(),
                       .is_critical = critical_.contains(phase.activity),
                       .is_milestone = phase.name == kCutover};
    const auto number = static_cast<std::uint32_t>(timetable_.tasks.size());
    const auto [first, is_first] = task_of_.try_emplace(phase.activity, number);
    if (is_first) {
      for (const Demand& demand : programme.project().demands(phase.activity)) {
        task.resource = demand.resource;
        task.amount = demand.amount;
      }
    } else {
      task.moves_with = first->second;
    }
    activities_.push_back(phase.activity);
    timetable_.tasks.push_back(std::move(task));
  }

  void link() {
    for (std::uint32_t i = 0; i < activities_.size(); ++i) {
      TimetableTask& task = timetable_.tasks[i];
      for (const ActivityIndex before : plan_.programme().project().predecessors(activities_[i])) {
        if (const auto known = task_standing_for(before, task.service)) task.predecessors.push_back(*known);
      }
      std::sort(task.predecessors.begin(), task.predecessors.end());
    }
  }

  // The service's own task where it has one: a cutover that services share is a task of each.
  [[nodiscard]] std::optional<std::uint32_t> task_standing_for(ActivityIndex activity, std::uint32_t service) const {
    const TimetableService& of = timetable_.services[service];
    for (std::uint32_t i = of.first_task; i < of.first_task + of.task_count; ++i) {
      if (activities_[i] == activity) return i;
    }
    const auto known = task_of_.find(activity);
    return known == task_of_.end() ? std::nullopt : std::optional(known->second);
  }

  // By tier, then the higher score, then the name.
  void rank() {
    std::vector<std::size_t> order(shown_.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    const auto key = [this](std::size_t i) {
      const ServiceIndex service = migration_of(plan_, shown_[i].migration).service;
      const TimetableService& made = timetable_.services[i];
      return std::tuple(made.tier, -plan_.programme().card()[service].total.steps(), made.name);
    };
    std::sort(order.begin(), order.end(), [&key](std::size_t a, std::size_t b) { return key(a) < key(b); });
    for (std::size_t i = 0; i < order.size(); ++i) timetable_.services[order[i]].rank = static_cast<std::uint32_t>(i);
  }

  const Plan& plan_;
  std::vector<ShownService> shown_;
  std::set<ActivityIndex> critical_;
  std::map<ActivityIndex, std::uint32_t> task_of_;  // the first task that shows it
  std::vector<ActivityIndex> activities_;           // by task
  Timetable timetable_;
};

}  // namespace

std::function<Timetable()> timetable_of(const Plan& plan, std::vector<bool> tiers, TableChoice choice) {
  const bool is_by_phase = choice.table == "phases";
  if (!choice.table.empty() && !is_by_phase && choice.table != "services") return {};
  choice.columns.clear();
  return [&plan, is_by_phase, tiers = std::move(tiers), choice = std::move(choice)] {
    Table rows = is_by_phase ? phases_table(plan, tiers) : services_table(plan, tiers);
    const Issues issues = apply(choice, rows);
    MIGPLAN_ASSERT(!issues.has_errors());
    return TimetableBuilder(plan, is_by_phase ? phases_shown(plan, rows) : services_shown(plan, rows)).run(is_by_phase);
  };
}

}  // namespace migplan
