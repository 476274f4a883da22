#include "programme_phases.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "critical_path.hpp"
#include "migplan/base/nearest.hpp"

namespace migplan {
namespace {

Issue about(const Inventory& inventory, ServiceIndex service, Position at, std::string_view field, std::string message,
            std::string hint = {}) {
  const Service& of = inventory[service];
  return {Severity::Error,
          inventory.files()[of.file],
          at.line != 0 ? at : of.at,
          inventory.path_of(service, field),
          fmt::format("{} ({})", message, of.name),
          std::move(hint)};
}

std::int64_t times(Ratio factor, std::int64_t days) { return factor.steps() * days; }

}  // namespace

PhaseLayout::PhaseLayout(const Programme& programme, const Migration& migration, TierIndex tier,
                         const DatedService* previous, Issues& issues)
    : programme_(programme), migration_(migration), tier_(tier), previous_(previous), issues_(issues) {
  choose_route();
  check_names();
  for (const std::string& name : route_->phases) lay_out(name);
  mark_undated();
}

const Service& PhaseLayout::service() const { return programme_.card().inventory()[migration_.service]; }

void PhaseLayout::choose_route() {
  const auto chosen = policy().routes.find(std::string(route_of(programme_.card().policy(), service().kind, tier_)));
  route_name_ = chosen->first;
  route_ = &chosen->second;
}

template <class Entries>
void PhaseLayout::check_names_of(std::string_view field, const Entries& entries) {
  for (const auto& [phase, entry] : entries) {
    const auto& known = route_->phases;
    if (std::find(known.begin(), known.end(), phase) != known.end()) continue;
    const std::vector<std::string_view> names(known.begin(), known.end());
    const std::string_view near = nearest_name(phase, names);
    issues_.add(
        about(programme_.card().inventory(), migration_.service, entry.at, fmt::format("{}.{}", field, phase),
              fmt::format("{} is no phase of route {}", in_quotes(phase), route_name_),
              near.empty() ? fmt::format("known: {}", fmt::join(names, ", ")) : fmt::format("did you mean {}?", near)));
  }
}

void PhaseLayout::check_names() {
  const ServiceDetails& details = details_of(service());
  check_names_of("pins", details.pins);
  check_names_of("progress", details.progress);
  check_names_of("durations", details.durations);
}

void PhaseLayout::lay_out(const std::string& name) {
  const auto rule = policy().phases.find(name);
  MIGPLAN_ASSERT(rule != policy().phases.end());
  LaidPhase laid;
  laid.phase.name = rule->first;
  laid.phase.rule = &rule->second;
  set_days(laid);
  set_release(laid);
  set_pin(laid);
  set_progress(laid);
  phases_.push_back(laid);
}

void PhaseLayout::set_days(LaidPhase& laid) const {
  const PhaseRule& rule = *laid.phase.rule;
  std::int64_t days = rule.length == PhaseLength::Effort ? migration_.effort.steps() : rule.days.steps();
  const ThreePoint& factors = rule.risk ? *rule.risk : policy().risk.factors;
  laid.phase.days = {Ratio::from_steps(times(factors.low, days)), Ratio::from_steps(times(factors.likely, days)),
                     Ratio::from_steps(times(factors.high, days))};
  const auto& stated = details_of(service()).durations;
  if (const auto own = stated.find(laid.phase.name); own != stated.end()) {
    const PhaseDuration& duration = own->second;
    days = duration.likely.value_or(duration.low.value_or(duration.high.value_or(WorkDays::from_steps(days)))).steps();
    const auto of = [days](const Stated<WorkDays>& value) {
      return Ratio::whole(value.value_or(WorkDays::from_steps(days)).steps());
    };
    laid.phase.days = {of(duration.low), Ratio::whole(days), of(duration.high)};
  }
  laid.activity.duration = static_cast<std::int32_t>(days);
  laid.activity.is_elapsed = rule.unit == DayKind::Calendar;
}

void PhaseLayout::set_release(LaidPhase& laid) const {
  const auto& gate = programme_.card().policy().tiers()[tier_].not_before;
  laid.activity.release = std::max(programme_.day_of(policy().start), 0);
  if (gate && programme_.day_of(*gate) > laid.activity.release) {
    laid.activity.release = programme_.day_of(*gate);
    laid.phase.reason = ReleaseReason::TierGate;
  }
  const auto& as_of = programme_.options().as_of;
  if (as_of && programme_.day_of(*as_of) > laid.activity.release) {
    laid.activity.release = programme_.day_of(*as_of);
    laid.phase.reason = ReleaseReason::AsOf;
  }
  if (previous_ == nullptr) return;
  for (const DatedPhase& phase : previous_->phases) {
    if (phase.phase != laid.phase.name || programme_.day_of(phase.start) <= laid.activity.release) continue;
    laid.activity.release = programme_.day_of(phase.start);
    laid.phase.reason = ReleaseReason::Previous;
  }
}

void PhaseLayout::set_pin(LaidPhase& laid) {
  const auto& pins = details_of(service()).pins;
  const auto pin = pins.find(laid.phase.name);
  if (pin == pins.end()) return;
  const Day day = programme_.day_of(pin->second.day);
  if (day < 0) {
    reject_pin(programme_, migration_, laid.phase.name,
               fmt::format("found {}, before the programme starts", pin->second.day.to_string()), issues_);
    return;
  }
  laid.activity.fixed = day;
  laid.phase.is_pinned = true;
}

// What has begun stands at its days; what is over holds nothing; what is late goes on up to the day asked about.
void PhaseLayout::set_progress(LaidPhase& laid) {
  const auto& all = details_of(service()).progress;
  const auto progress = all.find(laid.phase.name);
  const auto& as_of = programme_.options().as_of;
  if (progress == all.end() || !progress->second.started || !as_of) return;
  const Date started = *progress->second.started;
  laid.phase.has_begun = true;
  laid.phase.is_pinned = false;
  laid.activity.fixed = programme_.day_of(started);
  laid.phase.is_over = progress->second.finished.has_value();
  laid.is_past = laid.phase.is_over;
  Date last = laid.is_past ? *progress->second.finished : started;
  if (!laid.is_past) {
    std::int32_t left = laid.activity.duration;
    for (Date day = started; left > 0; day = day.plus(1).value_or(day)) {
      const bool counts = laid.activity.is_elapsed || policy().calendar.is_working(day);
      last = day;
      if (counts) --left;
      if (day.plus(1) == std::nullopt) break;
    }
    last = std::max(last, *as_of);
  }
  laid.activity.is_elapsed = true;
  laid.activity.release = 0;
  laid.activity.duration = last - started + 1;
}

// Phases in front of one that has begun are over, whether or not somebody wrote down when.
void PhaseLayout::mark_undated() {
  std::optional<Day> behind;
  for (std::size_t k = phases_.size(); k-- > 0;) {
    LaidPhase& laid = phases_[k];
    if (laid.phase.has_begun) {
      behind = laid.activity.fixed;
    } else if (behind) {
      laid.phase.is_over_undated = true;
      laid.phase.is_pinned = false;
      laid.is_past = true;
      laid.activity = {.duration = 0, .is_elapsed = true, .release = 0, .fixed = behind, .closure = 0};
    }
  }
}

void reject_pin(const Programme& programme, const Migration& migration, std::string_view phase, std::string message,
                Issues& issues, std::string_view field) {
  const Inventory& inventory = programme.card().inventory();
  const ServiceDetails& details = details_of(inventory[migration.service]);
  const auto pin = details.pins.find(phase);
  const auto progress = details.progress.find(phase);
  Position at;
  if (field == "pins" && pin != details.pins.end()) at = pin->second.at;
  if (field == "progress" && progress != details.progress.end()) at = progress->second.at;
  issues.add(about(inventory, migration.service, at, fmt::format("{}.{}", field, phase), std::move(message)));
}

Issues pin_issues(const Programme& programme) {
  Issues issues;
  const Project& project = programme.project();
  const std::vector<Day> earliest = heads_of(Site(project)).finishes;
  for (const Migration& migration : programme.migrations()) {
    for (const RoutePhase& phase : programme.phases(migration)) {
      const Activity& activity = project[phase.activity];
      if (!phase.is_pinned || !activity.fixed) continue;
      const Date day = programme.date_of(*activity.fixed);
      const auto reject = [&](std::string message) {
        reject_pin(programme, migration, phase.name, std::move(message), issues);
      };
      if (!activity.is_elapsed && !programme.policy().calendar.is_working(day)) {
        reject(fmt::format("found {}, which is no working day", day.to_string()));
        continue;
      }
      if (*activity.fixed < activity.release) {
        reject(fmt::format("found {}, but it may not begin before {}", day.to_string(),
                           programme.date_of(activity.release).to_string()));
      }
      const Day finish = project.finish_of(phase.activity, *activity.fixed);
      for (const Freeze& freeze : programme.policy().calendar.freezes) {
        const bool is_hit = std::find(freeze.forbids.begin(), freeze.forbids.end(), phase.name) != freeze.forbids.end();
        if (!is_hit || programme.day_of(freeze.to) < *activity.fixed || programme.day_of(freeze.from) >= finish)
          continue;
        reject(fmt::format("found {}, inside the freeze {} ({} to {})", day.to_string(), in_quotes(freeze.name),
                           freeze.from.to_string(), freeze.to.to_string()));
      }
      for (const ActivityIndex before : project.predecessors(phase.activity)) {
        if (earliest[before] <= *activity.fixed) continue;
        const auto owner = programme.owner_of(before);
        const Migration& other = programme.migrations()[owner.migration];
        reject(fmt::format("found {}, but {} of {} cannot be over before {}", day.to_string(),
                           programme.phases(other)[owner.phase].name, programme.name_of(other),
                           programme.date_of(earliest[before]).to_string()));
      }
    }
  }
  return issues;
}

Count usual_capacity(const Inventory& inventory, const ResourceRule& rule, std::string_view team) {
  for (const Team& known : inventory.teams()) {
    if (!team.empty() && known.name == team) return known.squads.value_or(rule.capacity);
  }
  return rule.capacity;
}

Issues team_issues(const Inventory& inventory, ServiceIndex service) {
  Issues issues;
  const std::string_view team = inventory[service].team;
  const auto teams = inventory.teams();
  const bool is_known =
      std::any_of(teams.begin(), teams.end(), [team](const Team& known) { return known.name == team; });
  if (is_known) return issues;
  issues.add(about(inventory, service, {}, "team",
                   team.empty()
                       ? "missing, and the policy gives each team its own resources"
                       : fmt::format("unknown team {}: the policy gives each team its own resources", in_quotes(team)),
                   "list it under `teams` with its squads"));
  return issues;
}

}  // namespace migplan
