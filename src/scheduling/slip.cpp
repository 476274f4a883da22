#include "migplan/scheduling/slip.hpp"

#include <algorithm>

namespace migplan {
namespace {

// Where the working days went between the day on which a phase was to begin and the day on which it did, or is expected
// to. What the plan asks of one day, why not the one before, is asked here of every day.
class StartDelay {
 public:
  StartDelay(const ProgrammeStatus& status, const PhaseStatus& phase)
      : status_(status),
        plan_(status.expected()),
        programme_(plan_.programme()),
        project_(programme_.project()),
        time_(project_.timeline()),
        phase_(phase),
        activity_(project_[phase.phase->activity]),
        planned_(std::max(programme_.day_of(*phase.planned_start), 0)),
        begun_(plan_.start(phase.phase->activity)),
        limit_(phase.started ? begun_ : std::min(begun_, programme_.day_of(status.as_of()))) {
    // A plan may have begun before the programme.
    const Date first = programme_.date_of(0);
    if (*phase.planned_start < first) days_before_ = status.start_late(*phase.planned_start, first);
  }

  [[nodiscard]] std::vector<SlipPart> parts() {
    look_at_days(wait_for_gate(wait(planned_)));
    return std::move(parts_);
  }

 private:
  [[nodiscard]] std::int32_t working(Day from, Day behind) const {
    return behind <= from ? 0 : time_.slot_from(behind) - time_.slot_from(from);
  }

  void add(SlipPart part) {
    if (part.days != 0) parts_.push_back(part);
  }

  // For the phase that was over last of those that were over before this one began: it did not wait for others.
  [[nodiscard]] Day wait(Day from) {
    Day over = from;
    std::optional<ActivityIndex> last;
    for (const ActivityIndex before : project_.predecessors(phase_.phase->activity)) {
      const Day finish = plan_.finish(before);
      const PhaseStatus& other = status_.phase_of(before);
      const bool is_over_since = other.is_undated && other.state == WorkState::Done;
      if (finish <= over || finish > begun_ || is_over_since) continue;
      over = finish;
      last = before;
    }
    const Day behind = std::min(over, limit_);
    add({.cause = SlipCause::Predecessor, .days = working(from, behind), .activity = last});
    return behind;
  }

  [[nodiscard]] Day wait_for_gate(Day from) {
    const auto owner = programme_.owner_of(phase_.phase->activity);
    const MoveGroup& group = programme_.groups()[programme_.migrations()[owner.migration].group];
    const auto& gate = programme_.card().policy().tiers()[group.tier].not_before;
    const Day open = gate ? std::clamp(programme_.day_of(*gate), from, std::max(from, limit_)) : from;
    add({.cause = SlipCause::TierGate, .days = working(from, open)});
    return open;
  }

  [[nodiscard]] bool is_pinned() const {
    const auto owner = programme_.owner_of(phase_.phase->activity);
    const ServiceIndex service = programme_.migrations()[owner.migration].service;
    const auto& pins = details_of(programme_.card().inventory()[service]).pins;
    const auto pin = pins.find(phase_.phase->name);
    return pin != pins.end() && programme_.day_of(pin->second.day) == begun_;
  }

  // From the last day back, so that the next full slot and the next closed day are known.
  void look_at_days(Day from) {
    if (is_pinned()) {
      add({.cause = SlipCause::Pin, .days = days_before_ + working(from, limit_)});
      return;
    }
    SlipPart freeze{.cause = SlipCause::Freeze}, resource{.cause = SlipCause::Resource};
    SlipPart open{.cause = SlipCause::Unexplained, .days = days_before_};
    const std::int32_t first = time_.slot_from(from), behind = time_.slot_from(limit_);
    Day closed = begun_, looked_at = begun_;
    std::int32_t full = time_.slot_from(begun_);
    const std::int32_t begun_slot = full;
    for (std::int32_t slot = begun_slot - 1; slot >= first; --slot) {
      const Day day = time_.day_of(slot);
      for (; looked_at > day; --looked_at) {
        if (is_closed(looked_at - 1)) closed = looked_at - 1;
      }
      if (is_full(slot)) full = slot;
      if (slot >= behind) continue;
      if (closed < std::min(begun_, run_end(slot))) {
        if (freeze.freeze == nullptr) freeze.freeze = freeze_on(closed);
        ++freeze.days;
      } else if (full < std::min(begun_slot, run_end_slot(slot))) {
        if (!resource.resource) {
          resource.resource = project_.demands(phase_.phase->activity).front().resource;
          resource.activity = plan_.holder(*resource.resource, time_.day_of(full) + 1);
        }
        ++resource.days;
      } else {
        ++open.days;
      }
    }
    add(freeze);
    add(resource);
    add(open);
  }

  [[nodiscard]] bool is_calendar() const { return phase_.phase->rule->unit == DayKind::Calendar; }
  // In days, or in slots, of its own unit, as planned.
  [[nodiscard]] std::int32_t length() const {
    const Day finish = programme_.day_of(*phase_.planned_finish) + 1;
    const Day start = programme_.day_of(*phase_.planned_start);
    return std::max(is_calendar() ? finish - start : working(planned_, std::clamp(finish, 0, time_.days())), 1);
  }
  [[nodiscard]] Day run_end(std::int32_t slot) const {
    if (is_calendar()) return time_.day_of(slot) + length();
    return time_.day_of(std::min(slot + length() - 1, time_.slots() - 1)) + 1;
  }
  [[nodiscard]] std::int32_t run_end_slot(std::int32_t slot) const {
    return is_calendar() ? time_.slot_from(std::min(run_end(slot), time_.days())) : slot + length();
  }

  [[nodiscard]] bool is_closed(Day day) const {
    const auto& closed = project_.closures()[activity_.closure];
    return !closed.empty() && closed[static_cast<std::size_t>(day)];
  }
  [[nodiscard]] const Freeze* freeze_on(Day day) const {
    const Date date = programme_.date_of(day);
    for (const Freeze& freeze : programme_.policy().calendar.freezes) {
      const auto& forbids = freeze.forbids;
      const bool is_meant = std::find(forbids.begin(), forbids.end(), phase_.phase->name) != forbids.end();
      if (is_meant && freeze.from <= date && date <= freeze.to) return &freeze;
    }
    return nullptr;
  }
  // Whether others leave too little. This phase itself holds nothing before it begins.
  [[nodiscard]] bool is_full(std::int32_t slot) const {
    for (const Demand& demand : project_.demands(phase_.phase->activity)) {
      const auto at = static_cast<std::size_t>(slot);
      if (plan_.load(demand.resource).used[at] + demand.amount > project_.capacity(demand.resource)[at]) return true;
    }
    return false;
  }

  const ProgrammeStatus& status_;
  const Plan& plan_;
  const Programme& programme_;
  const Project& project_;
  const Timeline& time_;
  const PhaseStatus& phase_;
  const Activity& activity_;
  Day planned_, begun_, limit_;
  std::int32_t days_before_ = 0;
  std::vector<SlipPart> parts_;
};

// One phase held against its planned days.
class PhaseSlip {
 public:
  PhaseSlip(const ProgrammeStatus& status, const PhaseStatus& phase) : status_(status), phase_(phase) {}

  [[nodiscard]] std::optional<Slip> find() const {
    if (!phase_.planned_start || !phase_.planned_finish) return std::nullopt;
    if (phase_.is_undated && phase_.state == WorkState::Done) return std::nullopt;
    Slip slip;
    if (phase_.started) {
      slip.start_late = status_.start_late(*phase_.planned_start, *phase_.started);
    } else if (phase_.state == WorkState::Waiting && *phase_.planned_start < status_.as_of()) {
      slip.start_late = status_.start_late(*phase_.planned_start, status_.as_of());
    }
    if (phase_.finished) {
      slip.finish_late = status_.finish_late(*phase_.planned_finish, *phase_.finished);
    } else if (phase_.state == WorkState::Active && *phase_.planned_finish < status_.as_of()) {
      slip.finish_late = status_.finish_late(*phase_.planned_finish, status_.as_of());
    }
    if (slip.start_late.value_or(0) <= 0 && slip.finish_late.value_or(0) <= 0) return std::nullopt;
    add_parts(slip);
    return slip;
  }

 private:
  void add_parts(Slip& slip) const {
    if (phase_.is_undated) {
      slip.parts.push_back({.cause = SlipCause::Undated, .days = slip.days()});
      return;
    }
    const std::int32_t begun_late = std::max(slip.start_late.value_or(0), 0);
    if (begun_late > 0) slip.parts = StartDelay(status_, phase_).parts();
    if (!slip.finish_late || *slip.finish_late == begun_late) return;
    const std::int32_t longer = *slip.finish_late - begun_late;
    slip.parts.push_back({.cause = is_as_long() ? SlipCause::DaysOff : SlipCause::Duration, .days = longer});
  }

  // In calendar days, where the phase is counted in those.
  [[nodiscard]] bool is_as_long() const {
    if (phase_.phase->rule->unit != DayKind::Calendar || !phase_.finished) return false;
    return *phase_.finished - *phase_.started == *phase_.planned_finish - *phase_.planned_start;
  }

  const ProgrammeStatus& status_;
  const PhaseStatus& phase_;
};

}  // namespace

std::string_view name_of(SlipCause cause) noexcept {
  switch (cause) {
    case SlipCause::Predecessor: return "predecessor";
    case SlipCause::TierGate: return "tier gate";
    case SlipCause::Pin: return "pin";
    case SlipCause::Freeze: return "freeze";
    case SlipCause::Resource: return "resource";
    case SlipCause::Unexplained: return "unexplained";
    case SlipCause::Duration: return "duration";
    case SlipCause::DaysOff: return "days off";
    case SlipCause::Undated: return "undated";
  }
  return "";
}

const SlipPart& Slip::main() const noexcept {
  return *std::max_element(parts.begin(), parts.end(),
                           [](const SlipPart& a, const SlipPart& b) { return a.days < b.days; });
}

std::vector<Slip> slips(const ProgrammeStatus& status) {
  std::vector<Slip> found;
  const auto services = status.services();
  for (std::uint32_t s = 0; s < services.size(); ++s) {
    const auto phases = status.phases(services[s]);
    for (std::uint32_t k = 0; k < phases.size(); ++k) {
      auto slip = PhaseSlip(status, phases[k]).find();
      if (!slip) continue;
      slip->service = s;
      slip->phase = k;
      found.push_back(std::move(*slip));
    }
  }
  return found;
}

}  // namespace migplan
