#include "migplan/scheduling/programme_status.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "migplan/model/phase_of_status.hpp"
#include "programme_calendar.hpp"

namespace migplan {
namespace {

// What a plan says of each service of an inventory; null = nothing.
class DatedByService {
 public:
  DatedByService(const Inventory& inventory, const PlanDates& dates) : services_(inventory.size(), nullptr) {
    for (const DatedService& service : dates.services) {
      const auto index = inventory.find(service.name);
      if (index && services_[*index] == nullptr) services_[*index] = &service;
    }
  }
  [[nodiscard]] const DatedPhase* find(ServiceIndex service, std::string_view phase) const {
    if (services_[service] == nullptr) return nullptr;
    const auto& all = services_[service]->phases;
    const auto found = std::find_if(all.begin(), all.end(), [phase](const DatedPhase& p) { return p.phase == phase; });
    return found == all.end() ? nullptr : &*found;
  }

 private:
  std::vector<const DatedService*> services_;
};

Issues progress_issues(const Inventory& inventory, Date as_of) {
  Issues issues;
  for (ServiceIndex i = 0; i < inventory.size(); ++i) {
    for (const auto& [phase, progress] : details_of(inventory[i]).progress) {
      const auto& last = progress.finished ? progress.finished : progress.started;
      if (!last || *last <= as_of) continue;
      issues.add({Severity::Error, std::string(inventory.files()[inventory[i].file]), progress.at,
                  inventory.path_of(i, fmt::format("progress.{}", phase)),
                  fmt::format("found {}, which is behind the day asked about, {} ({})", last->to_string(),
                              as_of.to_string(), inventory[i].name),
                  ""});
    }
  }
  issues.sort(inventory.files());
  return issues;
}

Issues length_issues(const Scorecard& card, const PlanDates& planned) {
  const Date start = card.policy().schedule().start;
  for (const DatedService& service : planned.services) {
    for (const DatedPhase& phase : service.phases) {
      if (std::max(phase.start, phase.finish) - start < kMostDays) continue;
      return Issues::of(
          {Severity::Error, planned.file, phase.at, "services", "the schedule goes on for more than 40 years", ""});
    }
  }
  return {};
}

// Activities in the order in which the plan begins them, predecessors first whatever it says.
std::vector<ActivityIndex> planned_order(const Programme& programme, const DatedByService& dated) {
  const Project& project = programme.project();
  std::vector<Day> days(project.size(), 0);
  for (const Migration& migration : programme.migrations()) {
    for (const RoutePhase& phase : programme.phases(migration)) {
      const DatedPhase* const planned = dated.find(migration.service, phase.name);
      const Activity& activity = project[phase.activity];
      const Day day = planned != nullptr ? programme.day_of(planned->start) : activity.fixed.value_or(activity.release);
      days[phase.activity] = std::max(days[phase.activity], day);
    }
  }
  std::vector<ActivityIndex> order(project.topological_order().begin(), project.topological_order().end());
  for (const ActivityIndex i : order) {
    for (const ActivityIndex before : project.predecessors(i)) days[i] = std::max(days[i], days[before]);
  }
  std::stable_sort(order.begin(), order.end(), [&days](ActivityIndex a, ActivityIndex b) { return days[a] < days[b]; });
  return order;
}

Issue misfit_issue(const Programme& programme, ActivityIndex activity) {
  const auto owner = programme.owner_of(activity);
  const Migration& migration = programme.migrations()[owner.migration];
  return {Severity::Error,
          "",
          {},
          "",
          fmt::format("{} of {} has no place on any calendar", programme.phases(migration)[owner.phase].name,
                      programme.name_of(migration)),
          "schedule tells why"};
}

}  // namespace

class StatusBuilder {
 public:
  StatusBuilder(const Scorecard& card, const PlanDates& planned, Date as_of)
      : planned_(planned), dated_(card.inventory(), planned), status_(card, as_of) {}

  Result<ProgrammeStatus> run() {
    Issues wrong = progress_issues(status_.card().inventory(), status_.as_of());
    wrong.append(length_issues(status_.card(), planned_));
    wrong.append(expect());
    if (wrong.has_errors()) return wrong;
    add_services();
    find_span();
    status_.working_.emplace(calendar(), status_.first_, status_.last_);
    return std::move(status_);
  }

 private:
  [[nodiscard]] const WorkCalendar& calendar() const { return status_.card().policy().schedule().calendar; }

  Issues expect() {
    ProgrammeOptions options;
    options.as_of = status_.as_of();
    options.previous = &planned_;
    options.keeps_past = true;
    std::optional<Day> days;
    for (;;) {
      auto made = Programme::create(status_.card(), options, days);
      if (!made.is_ok()) return std::move(made).issues();
      status_.programme_ = std::make_unique<Programme>(std::move(made).value());
      const Project& project = status_.programme_->project();
      const std::vector<ActivityIndex> order = planned_order(*status_.programme_, dated_);
      if (auto placement = place_in_order(project, order)) {
        status_.expected_ = std::make_unique<Plan>(*status_.programme_, std::move(*placement));
        return {};
      }
      const Day length = project.timeline().days();
      if (length >= kMostDays) {
        return Issues::of(misfit_issue(*status_.programme_, first_misfit(project, order).value_or(0)));
      }
      days = std::min(length * 2, kMostDays);
    }
  }

  void add_services() {
    const Inventory& inventory = status_.card().inventory();
    const auto migrations = status_.programme_->migrations();
    std::vector<std::optional<std::uint32_t>> of_service(inventory.size());
    for (std::uint32_t m = 0; m < migrations.size(); ++m) of_service[migrations[m].service] = m;
    status_.by_migration_.resize(migrations.size());
    for (const ServiceIndex i : services_by_name(inventory)) {
      ServiceStatus service;
      service.service = i;
      service.migration = of_service[i];
      service.first_phase = static_cast<std::uint32_t>(status_.phases_.size());
      service.state = WorkState::Done;
      if (service.migration) {
        status_.by_migration_[*service.migration] = static_cast<std::uint32_t>(status_.services_.size());
        add_phases(service);
      }
      status_.services_.push_back(service);
    }
  }

  void add_phases(ServiceStatus& service) {
    const Migration& migration = status_.programme_->migrations()[*service.migration];
    for (const RoutePhase& phase : status_.programme_->phases(migration)) {
      if (phase.name == kCutover) service.cutover = service.phase_count;
      status_.phases_.push_back(status_of(service.service, phase));
      ++service.phase_count;
    }
    const std::span<PhaseStatus> own = std::span(status_.phases_).subspan(service.first_phase);
    believe_status(service, own);
    const bool has_begun =
        std::any_of(own.begin(), own.end(), [](const PhaseStatus& p) { return p.state != WorkState::Waiting; });
    service.state = has_begun ? WorkState::Active : WorkState::Waiting;
    if (own[service.cutover].state == WorkState::Done) service.state = WorkState::Done;
  }

  [[nodiscard]] PhaseStatus status_of(ServiceIndex service, const RoutePhase& phase) const {
    const Programme& programme = *status_.programme_;
    PhaseStatus own;
    own.phase = &phase;
    if (const DatedPhase* const planned = dated_.find(service, phase.name)) {
      own.planned_start = planned->start;
      own.planned_finish = planned->finish;
    }
    own.start = programme.date_of(status_.expected_->start(phase.activity));
    own.finish = programme.date_of(status_.expected_->finish(phase.activity) - 1);
    if (phase.is_over_undated) {
      own.state = WorkState::Done;
      own.is_undated = true;
    } else if (phase.has_begun) {
      // Of a cutover that several share, the first one knows.
      const auto owner = programme.owner_of(phase.activity);
      const bool is_over = programme.phases(programme.migrations()[owner.migration])[owner.phase].is_over;
      own.started = own.start;
      if (is_over) own.finished = own.finish;
      own.state = is_over ? WorkState::Done : WorkState::Active;
    }
    return own;
  }

  // A status says more than progress where nobody wrote down dates; where progress has a phase that is not over, that
  // is where the service stands.
  void believe_status(const ServiceStatus& service, std::span<PhaseStatus> phases) const {
    const auto& status = status_.card().inventory()[service.service].status;
    if (!status) return;
    const std::string_view reached = kPhaseOfStatus[static_cast<std::size_t>(*status)];
    const auto at = std::find_if(phases.begin(), phases.end(),
                                 [reached](const PhaseStatus& p) { return p.phase->name == reached; });
    const auto open =
        std::find_if(phases.begin(), phases.end(), [](const PhaseStatus& p) { return p.state == WorkState::Active; });
    if (at == phases.end() || open < at) return;
    const bool is_over = *status == Status::CutOver || *status == Status::Retired;
    for (auto phase = phases.begin(); phase <= at; ++phase) {
      if (phase->state != WorkState::Waiting) continue;
      phase->is_undated = true;
      phase->state = phase < at || is_over ? WorkState::Done : WorkState::Active;
    }
  }

  void find_span() {
    status_.first_ = status_.last_ = status_.as_of_;
    const auto take = [this](Date day) {
      status_.first_ = std::min(status_.first_, day);
      status_.last_ = std::max(status_.last_, day);
    };
    for (const PhaseStatus& phase : status_.phases_) {
      if (phase.planned_start) take(*phase.planned_start);
      if (phase.planned_finish) take(*phase.planned_finish);
      if (phase.is_undated) continue;
      take(phase.start);
      take(phase.finish);
    }
  }

  const PlanDates& planned_;
  DatedByService dated_;
  ProgrammeStatus status_;
};

std::string_view name_of(WorkState state) noexcept {
  switch (state) {
    case WorkState::Waiting: return "waiting";
    case WorkState::Active: return "active";
    case WorkState::Done: return "done";
  }
  return "";
}

Result<ProgrammeStatus> ProgrammeStatus::create(const Scorecard& card, const PlanDates& planned, Date as_of) {
  return StatusBuilder(card, planned, as_of).run();
}

const PhaseStatus& ProgrammeStatus::phase_of(ActivityIndex activity) const noexcept {
  const auto owner = programme_->owner_of(activity);
  return phases(services_[by_migration_[owner.migration]])[owner.phase];
}

const PhaseStatus* ProgrammeStatus::current(const ServiceStatus& service) const noexcept {
  const auto all = phases(service);
  const auto found =
      std::find_if(all.begin(), all.end(), [](const PhaseStatus& p) { return p.state != WorkState::Done; });
  return found == all.end() ? nullptr : &*found;
}

std::int32_t ProgrammeStatus::start_late(Date planned, Date start) const noexcept {
  const auto eve = [](Date day) { return day.plus(-1).value_or(day); };
  return start >= planned ? working_->count(planned, eve(start)) : -working_->count(start, eve(planned));
}

std::int32_t ProgrammeStatus::finish_late(Date planned, Date finish) const noexcept {
  const auto morrow = [](Date day) { return day.plus(1).value_or(day); };
  return finish >= planned ? working_->count(morrow(planned), finish) : -working_->count(morrow(finish), planned);
}

}  // namespace migplan
