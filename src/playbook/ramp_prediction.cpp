#include "migplan/playbook/ramp_prediction.hpp"

#include <algorithm>

#include "migplan/base/decimal.hpp"
#include "migplan/verification/canary.hpp"

namespace migplan {
namespace {

// Working days are counted as the calendar's week has them, without holidays.
std::optional<CalendarDays> slot_of(const SchedulePolicy& schedule) {
  const auto found = schedule.phases.find("canary");
  if (found == schedule.phases.end() || found->second.length != PhaseLength::Fixed) return std::nullopt;
  const std::int64_t days = found->second.days.steps();
  if (found->second.unit == DayKind::Calendar) return CalendarDays::from_steps(days);
  constexpr std::int64_t kWeek = 7;
  const auto working = std::max<std::int64_t>(static_cast<std::int64_t>(schedule.calendar.working_days.size()), 1);
  return CalendarDays::from_steps(days * kWeek / working);
}

// Null where it is beyond all quantities.
std::optional<Hours> time_of(std::uint64_t requests, RequestsPerSecond traffic) {
  constexpr std::int64_t kSecondsInHour = 3600;
  const std::uint64_t hours = static_cast<std::uint64_t>(
      divide_up(Int128{requests} * RequestsPerSecond::scale(), Int128{traffic.steps()} * kSecondsInHour));
  if (hours > static_cast<std::uint64_t>(Hours::max().steps())) return std::nullopt;
  return Hours::from_steps(static_cast<std::int64_t>(hours));
}

}  // namespace

RampPrediction ramp_prediction(const Policy& policy, std::optional<RequestsPerSecond> traffic) {
  RampPrediction made;
  made.slot = slot_of(policy.schedule());
  for (const RampStep& step : ramp_of(policy.canary(), traffic)) {
    made.pairs = step.pairs;
    made.requests +=
        static_cast<std::uint64_t>(divide_up(Int128{step.pairs} * Percent::max().steps(), Int128{step.share.steps()}));
  }
  if (!traffic) return made;
  if (traffic->steps() > 0) made.time = time_of(made.requests, *traffic);
  constexpr std::int64_t kHoursInDay = 24;
  if (made.slot) made.fits = made.time && made.time->steps() <= made.slot->steps() * kHoursInDay;
  return made;
}

}  // namespace migplan
