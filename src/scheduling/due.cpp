#include "migplan/scheduling/due.hpp"

#include <algorithm>
#include <tuple>

namespace migplan {
namespace {

class DueList {
 public:
  DueList(const ProgrammeStatus& status, Date last) : status_(status), last_(last) {}

  std::vector<DueEvent> run() {
    const auto services = status_.services();
    for (std::uint32_t s = 0; s < services.size(); ++s) {
      const auto phases = status_.phases(services[s]);
      for (std::uint32_t k = 0; k < phases.size(); ++k) add_phase(s, k, phases[k]);
    }
    const auto order = [](const DueEvent& e) {
      return std::tuple(e.late_days <= 0, e.planned, e.kind, e.service, e.phase);
    };
    std::sort(events_.begin(), events_.end(),
              [order](const DueEvent& a, const DueEvent& b) { return order(a) < order(b); });
    return std::move(events_);
  }

 private:
  void add_phase(std::uint32_t service, std::uint32_t k, const PhaseStatus& phase) {
    if (phase.state == WorkState::Done || !phase.planned_start || !phase.planned_finish) return;
    const bool is_cutover = phase.phase->name == kCutover;
    const bool has_begun = phase.state == WorkState::Active;
    bool is_overdue = false;
    if (!has_begun) {
      const std::int32_t late = status_.start_late(*phase.planned_start, status_.as_of());
      is_overdue = late > 0;
      add({service, k, is_cutover ? DueKind::Cutover : DueKind::Begin, *phase.planned_start, phase.start, late});
    }
    const bool is_one_event = is_cutover && !has_begun && *phase.planned_finish <= *phase.planned_start;
    if (is_overdue || is_one_event) return;
    const std::int32_t late = status_.finish_late(*phase.planned_finish, status_.as_of());
    add({service, k, DueKind::Finish, *phase.planned_finish, phase.finish, late});
  }

  void add(DueEvent event) {
    if (event.planned > last_) return;
    event.late_days = std::max(event.late_days, 0);
    event.expected = std::max(event.expected, status_.as_of());
    events_.push_back(event);
  }

  const ProgrammeStatus& status_;
  Date last_;
  std::vector<DueEvent> events_;
};

}  // namespace

std::string_view name_of(DueKind kind) noexcept {
  switch (kind) {
    case DueKind::Finish: return "finish";
    case DueKind::Cutover: return "cutover";
    case DueKind::Begin: return "begin";
  }
  return "";
}

Date last_due_day(const ProgrammeStatus& status, std::uint32_t working_days) {
  const WorkCalendar& calendar = status.card().policy().schedule().calendar;
  Date day = status.as_of();
  for (std::uint32_t found = calendar.is_working(day) ? 1 : 0; found < working_days;) {
    const auto next = day.plus(1);
    if (!next) break;
    day = *next;
    if (calendar.is_working(day)) ++found;
  }
  return day;
}

std::vector<DueEvent> due_events(const ProgrammeStatus& status, Date last) { return DueList(status, last).run(); }

}  // namespace migplan
