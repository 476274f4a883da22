#include "migplan/scheduling/programme.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "migplan/base/decimal.hpp"
#include "move_groups.hpp"
#include "programme_calendar.hpp"
#include "programme_phases.hpp"

namespace migplan {

class ProgrammeBuilder {
 public:
  ProgrammeBuilder(const Scorecard& card, const ProgrammeOptions& options, std::optional<Day> days)
      : programme_(card), wanted_days_(days) {
    programme_.options_ = options;
  }

  Result<Programme> run() {
    choose_services();
    programme_.groups_ = move_groups(card(), programme_.migrations_);
    programme_.calls_ = calls_between(card(), programme_.migrations_, programme_.groups_);
    programme_.origin_ = std::min(policy().start, first_progress());
    for (Migration& migration : programme_.migrations_) lay_out(migration);
    settle_begun_cutovers();
    if (issues_.has_errors()) return std::move(issues_);
    add_precedences();
    add_calendar();
    add_objective();
    Result<Project> project = Project::create(std::move(parts_));
    if (!project.is_ok()) return Issues(project.issues());
    programme_.project_ = std::move(project).value();
    issues_.append(pin_issues(programme_));
    if (issues_.has_errors()) return std::move(issues_);
    return Result<Programme>(std::move(programme_), std::move(issues_));
  }

 private:
  [[nodiscard]] const Scorecard& card() const { return programme_.card(); }
  [[nodiscard]] const SchedulePolicy& policy() const { return programme_.policy(); }

  void choose_services() {
    const auto& dropped = programme_.options_.dropped;
    const Inventory& inventory = card().inventory();
    for (const ServiceIndex i : services_by_name(inventory)) {
      if (std::find(dropped.begin(), dropped.end(), i) != dropped.end()) continue;
      const auto status = inventory[i].status;
      const bool is_over = status == Status::CutOver || status == Status::Retired;
      if (is_over && details_of(inventory[i]).progress.empty()) {
        programme_.done_.push_back(i);
        continue;
      }
      Migration migration;
      migration.service = i;
      programme_.migrations_.push_back(migration);
    }
  }

  Date first_progress() const {
    Date first = policy().start;
    for (const Migration& migration : programme_.migrations_) {
      for (const auto& [phase, progress] : details_of(card().inventory()[migration.service]).progress) {
        if (progress.started) first = std::min(first, *progress.started);
      }
    }
    return first;
  }

  void lay_out(Migration& migration) {
    MoveGroup& group = programme_.groups_[migration.group];
    const Effort effort = effort_of(card(), migration.service);
    migration.effort = effort.days;
    migration.is_effort_estimated = effort.is_estimated;
    PhaseLayout layout(programme_, migration, group.tier, previous_of(migration), issues_);
    migration.route = layout.route_name();
    migration.first_phase = static_cast<std::uint32_t>(programme_.phases_.size());
    const bool is_first = group.members.front() == index_of(migration);
    for (LaidPhase& laid : layout.phases()) {
      const bool is_shared = laid.phase.name == kCutover && !is_first;
      if (is_shared) {
        laid.phase.activity = group.cutover;
        share(laid, migration, group);
      } else {
        laid.phase.activity = static_cast<ActivityIndex>(parts_.activities.size());
        if (laid.phase.name == kCutover) group.cutover = laid.phase.activity;
        if (laid.phase.rule->resource.empty() || !holds(laid)) {
          parts_.demands.emplace_back();
        } else {
          laid.phase.resource = resource_of(*laid.phase.rule, migration);
          parts_.demands.push_back(
              {{*laid.phase.resource, static_cast<std::int32_t>(laid.phase.rule->amount.steps())}});
        }
        parts_.activities.push_back(laid.activity);
        programme_.owners_.push_back({index_of(migration), static_cast<std::uint32_t>(migration.phase_count)});
      }
      programme_.phases_.push_back(laid.phase);
      ++migration.phase_count;
    }
  }

  // Whether a phase holds a resource on its days, where its rule names one.
  [[nodiscard]] bool holds(const LaidPhase& laid) const {
    return !laid.is_past || (programme_.options_.keeps_past && laid.phase.has_begun);
  }

  [[nodiscard]] const DatedService* previous_of(const Migration& migration) {
    const PlanDates* const previous = programme_.options_.previous;
    if (previous == nullptr) return nullptr;
    if (previous_.empty()) {
      for (const DatedService& service : previous->services) previous_.emplace(service.name, &service);
    }
    const auto found = previous_.find(programme_.name_of(migration));
    return found == previous_.end() ? nullptr : found->second;
  }

  // What a member says of the cutover that it shares with others: the longest one counts, and where it has begun, that.
  void share(LaidPhase& laid, const Migration& migration, const MoveGroup& group) {
    Activity& shared = parts_.activities[group.cutover];
    const Owner owner = programme_.owners_[group.cutover];
    const Migration& first = programme_.migrations_[owner.migration];
    RoutePhase& of_first = programme_.phases_[first.first_phase + owner.phase];
    laid.phase.resource = of_first.resource;
    if (shared.fixed && laid.activity.fixed && *shared.fixed != *laid.activity.fixed) {
      reject_pin(programme_, migration, kCutover,
                 fmt::format("found {}, but {} of the same dependency cycle has {}: they change over together",
                             programme_.date_of(*laid.activity.fixed).to_string(), programme_.name_of(first),
                             programme_.date_of(*shared.fixed).to_string()),
                 issues_);
      return;
    }
    if (of_first.has_begun && !laid.phase.has_begun) return;
    if (laid.phase.has_begun && !of_first.has_begun) {
      shared = laid.activity;
      of_first.has_begun = true;
      of_first.is_pinned = false;
    }
    if (laid.phase.is_over) of_first.is_over = true;
    if (!holds(laid)) parts_.demands[group.cutover].clear();
    shared.release = std::max(shared.release, laid.activity.release);
    shared.duration = std::max(shared.duration, laid.activity.duration);
    if (laid.activity.fixed) shared.fixed = laid.activity.fixed;
  }

  // A cutover that has begun has begun for all of its group, and what stands in front of it is over.
  void settle_begun_cutovers() {
    for (const MoveGroup& group : programme_.groups_) {
      const Owner owner = programme_.owners_[group.cutover];
      const Migration& first = programme_.migrations_[owner.migration];
      if (!programme_.phases(first)[owner.phase].has_begun) continue;
      for (const std::uint32_t m : group.members) settle_begun_cutover(programme_.migrations_[m], first);
    }
  }

  void settle_begun_cutover(const Migration& migration, const Migration& first) {
    for (std::uint32_t k = 0; k < migration.phase_count; ++k) {
      RoutePhase& phase = programme_.phases_[migration.first_phase + k];
      if (phase.name == kCutover) {
        phase.has_begun = true;
        phase.is_pinned = false;
        return;
      }
      if (phase.is_over_undated || phase.is_over) continue;
      reject_pin(programme_, migration, kCutover,
                 fmt::format("{} of the same dependency cycle has changed over, but {} is not over: they change over "
                             "together",
                             programme_.name_of(first), phase.name),
                 issues_, "progress");
      return;
    }
  }

  [[nodiscard]] std::uint32_t index_of(const Migration& migration) const {
    return static_cast<std::uint32_t>(&migration - programme_.migrations_.data());
  }

  ResourceIndex resource_of(const PhaseRule& phase, const Migration& migration) {
    const ResourceRule& rule = policy().resources.at(phase.resource);
    const Service& service = card().inventory()[migration.service];
    const std::string_view team = rule.pooling == Pooling::Team ? service.team : std::string_view{};
    const auto [known, is_new] =
        resource_numbers_.try_emplace({phase.resource, team}, static_cast<ResourceIndex>(programme_.resources_.size()));
    if (is_new) {
      programme_.resources_.push_back(
          {team.empty() ? phase.resource : fmt::format("{}/{}", phase.resource, team), phase.resource, team});
      const auto& other = programme_.options_.capacities;
      const auto chosen = other.find(programme_.resources_.back().name);
      usual_.push_back(chosen != other.end() ? chosen->second : usual_capacity(card().inventory(), rule, team));
      if (rule.pooling == Pooling::Team) issues_.append(team_issues(card().inventory(), migration.service));
    }
    return known->second;
  }

  void add_precedences() {
    for (const Migration& migration : programme_.migrations_) {
      const auto phases = programme_.phases(migration);
      for (std::size_t k = 1; k < phases.size(); ++k) {
        parts_.precedences.push_back({phases[k - 1].activity, phases[k].activity});
      }
    }
    for (const Call& call : programme_.calls_) {
      if (!call.is_kept) continue;
      const ActivityIndex caller = group_of(call.caller).cutover, callee = group_of(call.callee).cutover;
      policy().order == CutoverOrder::CalleeFirst ? parts_.precedences.push_back({callee, caller})
                                                  : parts_.precedences.push_back({caller, callee});
    }
    std::sort(parts_.precedences.begin(), parts_.precedences.end(), [](const Precedence& a, const Precedence& b) {
      return std::pair(a.before, a.after) < std::pair(b.before, b.after);
    });
    const auto last = std::unique(
        parts_.precedences.begin(), parts_.precedences.end(),
        [](const Precedence& a, const Precedence& b) { return a.before == b.before && a.after == b.after; });
    parts_.precedences.erase(last, parts_.precedences.end());
  }

  [[nodiscard]] const MoveGroup& group_of(std::uint32_t migration) const {
    return programme_.groups_[programme_.migrations_[migration].group];
  }

  void add_calendar() {
    const Day days = wanted_days_.value_or(generous_days(estimate(), policy().calendar));
    parts_.timeline = Timeline::of(policy().calendar.working_from(programme_.origin_, days));
    for (std::size_t r = 0; r < programme_.resources_.size(); ++r) {
      const ResourceRule& rule = policy().resources.at(std::string(programme_.resources_[r].rule));
      parts_.capacities.push_back(capacity_by_slot(rule, usual_[r], programme_.origin_, parts_.timeline));
    }
    std::map<std::string_view, std::uint32_t> closures;
    for (const auto& [name, rule] : policy().phases) {
      auto frozen = frozen_days(policy().calendar, name, programme_.origin_, days);
      if (frozen.empty()) continue;
      closures[name] = static_cast<std::uint32_t>(parts_.closures.size());
      parts_.closures.push_back(std::move(frozen));
    }
    for (const Migration& migration : programme_.migrations_) {
      for (const RoutePhase& phase : programme_.phases(migration)) {
        const auto closure = closures.find(phase.name);
        if (closure != closures.end()) parts_.activities[phase.activity].closure = closure->second;
      }
    }
  }

  [[nodiscard]] WorkEstimate estimate() const {
    WorkEstimate work;
    std::vector<std::int64_t> of_resource(programme_.resources_.size());
    for (std::size_t i = 0; i < parts_.activities.size(); ++i) {
      const Activity& activity = parts_.activities[i];
      work.latest_release = std::max({work.latest_release, activity.release, activity.fixed.value_or(0)});
      for (const Demand& demand : parts_.demands[i]) {
        of_resource[demand.resource] += std::int64_t{activity.duration} * demand.amount;
      }
    }
    for (std::size_t r = 0; r < of_resource.size(); ++r) {
      work.slots_of_work += of_resource[r] / std::max<std::int64_t>(usual_[r].steps(), 1) + 1;
    }
    std::int64_t longest = 0;
    for (const Migration& migration : programme_.migrations_) {
      std::int64_t chain = 0;
      for (const RoutePhase& phase : programme_.phases(migration)) chain += parts_.activities[phase.activity].duration;
      longest = std::max(longest, chain);
    }
    work.longest_chain = longest + static_cast<std::int64_t>(programme_.groups_.size());
    return work;
  }

  void add_objective() {
    Objective& objective = programme_.objective_;
    objective.due = programme_.day_of(programme_.end()) + 1;
    const bool is_replanned = programme_.options_.previous != nullptr;
    const bool is_by_tier = programme_.options_.goal == Goal::Score && !is_replanned;
    if (is_by_tier) objective.stages.resize(card().policy().tiers().size());
    if (is_replanned) objective.stages.resize(2);
    for (const MoveGroup& group : programme_.groups_) {
      std::int64_t weight = 0;
      for (const std::uint32_t m : group.members) {
        const Migration& migration = programme_.migrations_[m];
        weight += card()[migration.service].total.steps();
        const auto phases = programme_.phases(migration);
        if (policy().deadline_applies_to == DeadlineFor::Retire) {
          objective.due_activities.push_back(phases.back().activity);
        }
      }
      if (policy().deadline_applies_to == DeadlineFor::Cutover) objective.due_activities.push_back(group.cutover);
      if (is_by_tier) objective.stages[group.tier].push_back({group.cutover, std::max<std::int64_t>(weight, 1)});
      if (is_replanned) add_kept(group);
    }
  }

  // The fewest windows changed, then the fewest days moved: nothing begins before its old day, so the sum of finish
  // days is the sum of days moved and a constant.
  void add_kept(const MoveGroup& group) {
    auto& stages = programme_.objective_.stages;
    stages[1].push_back({group.cutover, std::ssize(group.members)});
    for (const std::uint32_t m : group.members) {
      const DatedService* const before = previous_of(programme_.migrations_[m]);
      if (before == nullptr) continue;
      for (const DatedPhase& phase : before->phases) {
        if (phase.phase != kCutover) continue;
        const Day limit = programme_.day_of(Quarter::of(phase.start).last_day()) + 1;
        stages[0].push_back({group.cutover, 1, limit});
      }
    }
  }

  using Owner = Programme::Owner;
  Programme programme_;
  std::optional<Day> wanted_days_;
  Issues issues_;
  ProjectParts parts_;
  std::vector<Count> usual_;  // by resource
  std::map<std::string_view, const DatedService*> previous_;
  std::map<std::pair<std::string_view, std::string_view>, ResourceIndex> resource_numbers_;
};

Result<Programme> Programme::create(const Scorecard& card, const ProgrammeOptions& options, std::optional<Day> days) {
  return ProgrammeBuilder(card, options, days).run();
}

Date Programme::date_of(Day day) const noexcept { return origin_.plus(day).value_or(origin_); }

Effort effort_of(const Scorecard& card, ServiceIndex service) {
  const ServiceDetails& details = details_of(card.inventory()[service]);
  if (details.effort.is_known()) return {details.effort.value(), false};
  const EffortRule& rule = card.policy().schedule().effort;
  const FactSheet sheet = card.sheet(service);
  // In 1e-12 of a day: factors and debt days have six decimals each.
  const Int128 steps =
      Int128{rule.base.steps()} * DebtDays::scale() +
      Int128{rule.per_sonar_debt_day.steps()} * sheet[FactId::SonarDebt].steps +
      Int128{rule.per_strong_dependency.steps()} * DebtDays::scale() * sheet[FactId::DownstreamStrong].steps;
  const Int128 unit = Int128{Ratio::scale()} * DebtDays::scale();
  const auto days = static_cast<std::int64_t>((steps + unit / 2) / unit);
  return {WorkDays::from_steps(std::clamp<std::int64_t>(days, 1, WorkDays::max().steps())), true};
}

}  // namespace migplan
