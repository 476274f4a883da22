#include "migplan/verification/error_budget.hpp"

#include <numeric>

#include "migplan/base/assert.hpp"

namespace migplan {
namespace {

constexpr Int128 kWhole = Percent::max().steps();
constexpr std::int64_t kStepsOfDay = 86'400;  // milliseconds in a thousandth of a day
constexpr std::int64_t kFifth = 200;
constexpr int kRateDecimals = 3, kShareDecimals = 2;
constexpr Int128 kRateScale = 1000, kShareScale = 10'000;

}  // namespace

ErrorBudget::ErrorBudget(Percent budget, std::uint64_t total, std::uint64_t failed, Seconds window, Seconds elapsed)
    : budget_(budget), total_(total), failed_(failed), window_(window), elapsed_(elapsed) {
  MIGPLAN_ASSERT(Seconds{} < elapsed && elapsed <= window && window <= seconds_of(WindowDays::max()));
  MIGPLAN_ASSERT(elapsed.steps() % kFifth == 0 && window.steps() % kFifth == 0);
  MIGPLAN_ASSERT(failed <= total && total <= 1'000'000'000'000'000);
}

// 10^8 steps of budget, 10^15 events and 10^12 milliseconds make 10^35; 128 bits hold 10^38.
std::uint64_t ErrorBudget::allowed() const noexcept {
  const Int128 allowed = Int128{budget_.steps()} * Int128{total_} * window_.steps();
  const Int128 whole = allowed / (kWhole * elapsed_.steps());
  constexpr Int128 kMost = INT64_MAX;
  return static_cast<std::uint64_t>(whole < kMost ? whole : kMost);
}

std::optional<Number> ErrorBudget::used() const noexcept {
  // Without the common divisor, which is a fifth of a second at least, this would be 10^39.
  const std::int64_t divisor = std::gcd(window_.steps(), elapsed_.steps());
  const Int128 allowed = Int128{budget_.steps()} * Int128{total_} * (window_.steps() / divisor);
  if (allowed == 0) return std::nullopt;
  const Int128 used = Int128{failed_} * kWhole * (elapsed_.steps() / divisor);
  return Number{static_cast<std::int64_t>(divide_up(used * kShareScale, allowed)), kShareDecimals};
}

std::optional<Number> ErrorBudget::burn_rate() const noexcept {
  const Int128 allowed = Int128{budget_.steps()} * Int128{total_};
  if (allowed == 0) return std::nullopt;
  const Int128 rate = divide_up(Int128{failed_} * kWhole * kRateScale, allowed);
  return Number{static_cast<std::int64_t>(rate), kRateDecimals};
}

std::optional<Number> ErrorBudget::burn_rate_of(Percent failing) const noexcept {
  if (budget_ == Percent{}) return std::nullopt;
  const Int128 rate = divide_up(Int128{failing.steps()} * kRateScale, budget_.steps());
  return Number{static_cast<std::int64_t>(rate), kRateDecimals};
}

std::optional<WindowDays> ErrorBudget::lasts() const noexcept {
  if (failed_ == 0) return std::nullopt;
  const Int128 allowed = Int128{budget_.steps()} * Int128{total_} * window_.steps();
  const Int128 used = kWhole * Int128{failed_} * elapsed_.steps();
  if (allowed <= used) return WindowDays{};
  const Int128 days = (allowed - used) / (kWhole * Int128{failed_} * kStepsOfDay);
  if (days > WindowDays::max().steps()) return std::nullopt;
  return WindowDays::from_steps(static_cast<std::int64_t>(days));
}

}  // namespace migplan
