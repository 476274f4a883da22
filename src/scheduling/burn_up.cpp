#include "migplan/scheduling/burn_up.hpp"

#include <algorithm>
#include <span>
#include <utility>

namespace migplan {
namespace {

// Things that are over on days, to be asked in the order of days how much is.
class Curve {
 public:
  void add(Date day, std::int64_t amount) { steps_.emplace_back(day, amount); }
  void sort() { std::sort(steps_.begin(), steps_.end()); }
  // Up to the end of a day; days never fall from one call to the next.
  [[nodiscard]] std::int64_t up_to(Date day) {
    for (; at_ < steps_.size() && steps_[at_].first <= day; ++at_) sum_ += steps_[at_].second;
    return sum_;
  }
  [[nodiscard]] std::span<const std::pair<Date, std::int64_t>> steps() const noexcept { return steps_; }

 private:
  std::vector<std::pair<Date, std::int64_t>> steps_;
  std::size_t at_ = 0;
  std::int64_t sum_ = 0;
};

struct Curves {
  Curve planned, done, expected, planned_work, done_work, expected_work;
  std::int64_t open_today = 0;  // work that has until tonight

  explicit Curves(const ProgrammeStatus& status) : status_(status) {
    for (const ServiceStatus& service : status.services()) {
      const PhaseStatus* const cutover = service.migration ? &status.cutover(service) : nullptr;
      const bool is_planned = cutover != nullptr && cutover->planned_finish;
      planned.add(is_planned ? *cutover->planned_finish : status.first_day(), 1);
      add_actual(cutover, 1, done, expected);
      for (const PhaseStatus& phase : status.phases(service)) add_work(phase);
    }
    for (Curve* const curve : {&planned, &done, &expected, &planned_work, &done_work, &expected_work}) curve->sort();
  }

 private:
  // Null: a cutover of old, without dates. What is over since nobody knows when counts from the day asked about: on
  // that it is known.
  void add_actual(const PhaseStatus* phase, std::int64_t amount, Curve& over, Curve& to_be) const {
    const bool is_over = phase == nullptr || phase->state == WorkState::Done;
    Date day = phase == nullptr ? status_.first_day() : phase->finish;
    if (is_over && phase != nullptr && phase->is_undated) day = status_.as_of();
    to_be.add(day, amount);
    if (is_over) over.add(day, amount);
  }

  void add_work(const PhaseStatus& phase) {
    if (phase.phase->rule->resource.empty() || !phase.planned_start || !phase.planned_finish) return;
    const std::int64_t days = status_.working().count(*phase.planned_start, *phase.planned_finish);
    const std::int64_t work = days * phase.phase->rule->amount.steps();
    planned_work.add(*phase.planned_finish, work);
    add_actual(&phase, work, done_work, expected_work);
    if (*phase.planned_finish == status_.as_of() && phase.state != WorkState::Done) open_today += work;
  }

  const ProgrammeStatus& status_;
};

// The last day of the week or month that a day lies in.
Date end_of_step(Date day, BurnUpStep step) {
  if (step == BurnUpStep::Week) {
    const int to_sunday = static_cast<int>(Weekday::Sunday) - static_cast<int>(day.weekday());
    return day.plus(to_sunday).value_or(day);
  }
  Date last = day;
  const std::string month = day.to_string().substr(0, 7);
  for (auto next = last.plus(1); next && next->to_string().substr(0, 7) == month; next = last.plus(1)) last = *next;
  return last;
}

std::vector<Date> days_of(const ProgrammeStatus& status, BurnUpStep step) {
  std::vector<Date> days{status.as_of()};
  for (Date day = end_of_step(status.first_day(), step);;) {
    days.push_back(day);
    const auto next = day.plus(1);
    if (day >= status.last_day() || !next) break;
    day = end_of_step(*next, step);
  }
  std::sort(days.begin(), days.end());
  days.erase(std::unique(days.begin(), days.end()), days.end());
  return days;
}

}  // namespace

std::string_view name_of(BurnUpStep step) noexcept { return step == BurnUpStep::Week ? "week" : "month"; }

std::vector<BurnUpPoint> burn_up(const ProgrammeStatus& status, BurnUpStep step) {
  Curves curves(status);
  std::vector<BurnUpPoint> points;
  for (const Date day : days_of(status, step)) {
    BurnUpPoint point;
    point.day = day;
    point.planned = static_cast<std::size_t>(curves.planned.up_to(day));
    point.planned_work = curves.planned_work.up_to(day);
    if (day <= status.as_of()) {
      point.done = static_cast<std::size_t>(curves.done.up_to(day));
      point.done_work = curves.done_work.up_to(day);
    }
    if (day >= status.as_of()) {
      point.expected = static_cast<std::size_t>(curves.expected.up_to(day));
      point.expected_work = curves.expected_work.up_to(day);
    }
    points.push_back(point);
  }
  return points;
}

EarnedValue earned_value(const ProgrammeStatus& status) {
  Curves curves(status);
  EarnedValue value;
  value.planned = curves.planned_work.up_to(status.as_of()) - curves.open_today;
  value.earned = curves.done_work.up_to(status.as_of());
  std::optional<Date> had, lacked;  // the last planned day with no more than is earned, the first with more
  const auto steps = curves.planned_work.steps();
  for (std::size_t i = 0; i < steps.size(); ++i) {
    value.total += steps[i].second;
    const bool is_day_over = i + 1 == steps.size() || steps[i + 1].first != steps[i].first;
    if (!is_day_over) continue;
    if (value.total <= value.earned) {
      had = steps[i].first;
    } else if (!lacked) {
      lacked = steps[i].first;
    }
  }
  if (lacked && *lacked < status.as_of()) value.behind_days = status.finish_late(*lacked, status.as_of());
  if (had && *had > status.as_of()) value.behind_days = status.finish_late(*had, status.as_of());
  return value;
}

}  // namespace migplan
