#include <algorithm>

#include "plan_check.hpp"

namespace migplan {
namespace {

// The checks of one phase that the plan dates.
class PhaseCheck {
 public:
  PhaseCheck(const PlanCheck& check, const ServiceDuty& duty, const PhaseDuty& phase)
      : check_(check), duty_(duty), phase_(phase), start_(phase.dates->start), finish_(phase.dates->finish) {}

  void run() const {
    if (phase_.progress != nullptr) return check_progress();
    check_start();
    check_days();
    check_freezes();
    check_pin();
  }

 private:
  [[nodiscard]] bool is_calendar() const { return phase_.rule->unit == DayKind::Calendar; }
  [[nodiscard]] bool is_working(Date day) const { return check_.working.has(day); }
  [[nodiscard]] Text span() const { return say("{} to {}", start_.to_string(), finish_.to_string()); }
  void add(Rule rule, Date day, Text message) const { check_.add(rule, duty_, phase_, day, std::move(message)); }

  void check_start() const {
    const SchedulePolicy& policy = check_.policy();
    const Tier& tier = check_.card.policy().tiers()[check_.duties.groups[duty_.group].tier];
    const std::string start = start_.to_string();
    if (start_ < policy.start) {
      add(Rule::ProgrammeStart, start_, say("begins on {}, the programme on {}", start, policy.start.to_string()));
    } else if (tier.not_before && start_ < *tier.not_before) {
      add(Rule::TierStart, start_,
          say("begins on {}, tier {} not before {}", start, tier.name, tier.not_before->to_string()));
    }
    if (check_.as_of && start_ < *check_.as_of) {
      add(Rule::AsOf, start_,
          say("begins on {}, but by {} nobody wrote down that it had", start, check_.as_of->to_string()));
    }
  }

  void check_days() const {
    if (is_calendar()) {
      check_length(finish_ - start_ + 1);
      return;
    }
    // A phase of no days may stand on any.
    if (phase_.days > 0 && !is_working(start_)) {
      add(Rule::WorkingDay, start_, say("begins on {}, no working day", start_.to_string()));
    }
    if (phase_.days > 0 && finish_ > start_ && !is_working(finish_)) {
      add(Rule::WorkingDay, finish_, say("ends on {}, no working day", finish_.to_string()));
    }
    check_length(check_.working.count(start_, finish_));
  }

  void check_length(std::int64_t found) const {
    const bool ends_before = finish_ - start_ < -1;
    if (found == phase_.days && !ends_before) return;
    const std::int64_t days = std::max<std::int64_t>(found, 0);
    const Text source = Text::word(words_of(phase_.days_from));
    add(Rule::Duration, start_,
        is_calendar() ? say("takes {} calendar days, {}; expected {}, {}", days, span(), phase_.days, source)
                      : say("takes {} working days, {}; expected {}, {}", days, span(), phase_.days, source));
  }

  void check_freezes() const {
    if (finish_ < start_) return;
    for (const Freeze& freeze : check_.policy().calendar.freezes) {
      const bool is_apart = freeze.to < start_ || finish_ < freeze.from;
      if (is_apart || std::find(freeze.forbids.begin(), freeze.forbids.end(), phase_.name) == freeze.forbids.end()) {
        continue;
      }
      add(Rule::Freeze, std::max(start_, freeze.from),
          say("{} is inside the freeze {}, {} to {}", start_ == finish_ ? Text::verbatim(start_.to_string()) : span(),
              in_quotes(freeze.name), freeze.from.to_string(), freeze.to.to_string()));
    }
  }

  void check_pin() const {
    const auto& pins = details_of(check_.card.inventory()[duty_.service]).pins;
    const auto pin = pins.find(phase_.name);
    if (pin == pins.end() || pin->second.day == start_) return;
    add(Rule::Pin, start_, say("begins on {}, pinned to {}", start_.to_string(), pin->second.day.to_string()));
  }

  // What has begun stands at its days, whatever else would hold for them.
  void check_progress() const {
    const Date started = *phase_.progress->started;
    if (start_ != started) {
      add(Rule::Progress, start_, say("begins on {}, but it has begun on {}", start_.to_string(), started.to_string()));
      return;
    }
    if (const auto& finished = phase_.progress->finished) {
      if (finish_ == *finished) return;
      add(Rule::Progress, finish_,
          say("ends on {}, but it was over on {}", finish_.to_string(), finished->to_string()));
      return;
    }
    const Date as_of = *check_.as_of;
    if (is_overdue(as_of)) {
      if (finish_ >= as_of) return;
      add(Rule::Progress, finish_,
          say("ends on {}, but on {} it was under way", finish_.to_string(), as_of.to_string()));
      return;
    }
    check_days_of_begun();
  }

  // Whether a phase that has begun has had all its days before `day`.
  [[nodiscard]] bool is_overdue(Date day) const {
    const Date eve = day.plus(-1).value_or(day);
    const std::int64_t had = is_calendar() ? eve - start_ + 1 : check_.working.count(start_, eve);
    return had >= std::max<std::int64_t>(phase_.days, 1);
  }

  // It may have begun on a day off.
  void check_days_of_begun() const {
    if (!is_calendar() && phase_.days > 0 && !is_working(finish_)) {
      add(Rule::WorkingDay, finish_, say("ends on {}, no working day", finish_.to_string()));
    }
    if (is_calendar()) {
      check_length(finish_ - start_ + 1);
    } else {
      check_length(check_.working.count(start_, finish_));
    }
  }

  const PlanCheck& check_;
  const ServiceDuty& duty_;
  const PhaseDuty& phase_;
  Date start_, finish_;
};

void check_missing(const PlanCheck& check, const ServiceDuty& duty, const PhaseDuty& phase) {
  const bool may_be_undated = phase.is_over || phase.days == 0;
  if (may_be_undated) return;
  std::vector<Text> names;
  for (const PhaseDuty& other : duty.phases) names.push_back(Text::perhaps(other.name));
  check.found.push_back({Rule::MissingPhase, std::string(check.name_of(duty)), std::string(phase.name),
                         say("route {} is {}", Text::perhaps(duty.route), Text::joined(std::move(names), ", ")),
                         std::nullopt, duty.plan->at});
}

void check_order(const PlanCheck& check, const ServiceDuty& duty, const PhaseDuty& before, const PhaseDuty& after) {
  const bool are_facts = before.progress != nullptr && after.progress != nullptr;
  if (are_facts || before.dates->finish < after.dates->start) return;
  check.add(Rule::PhaseOrder, duty, after, after.dates->start,
            say("begins on {}, {} is over on {}", after.dates->start.to_string(), Text::perhaps(before.name),
                before.dates->finish.to_string()));
}

void check_deadline(const PlanCheck& check, const ServiceDuty& duty) {
  const SchedulePolicy& policy = check.policy();
  const bool is_for_cutover = policy.deadline_applies_to == DeadlineFor::Cutover;
  const PhaseDuty& judged = is_for_cutover ? duty.cutover_phase() : duty.phases.back();
  if (judged.dates == nullptr || judged.dates->finish <= policy.end) return;
  check.add(Rule::Deadline, duty, judged, policy.end.plus(1).value_or(policy.end),
            say("ends on {}, the programme on {}", judged.dates->finish.to_string(), policy.end.to_string()));
}

}  // namespace

void check_phases(const PlanCheck& check, const ServiceDuty& duty) {
  const PhaseDuty* before = nullptr;
  for (const PhaseDuty& phase : duty.phases) {
    if (phase.dates == nullptr) {
      check_missing(check, duty, phase);
      continue;
    }
    if (!phase.is_over) PhaseCheck(check, duty, phase).run();
    if (before != nullptr) check_order(check, duty, *before, phase);
    before = &phase;
  }
  check_deadline(check, duty);
}

}  // namespace migplan
