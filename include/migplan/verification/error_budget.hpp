#pragma once

#include <cstdint>
#include <optional>

#include "migplan/base/decimal.hpp"
#include "migplan/base/quantity.hpp"
#include "migplan/verification/objective.hpp"

namespace migplan {

// What of an error budget is used, in exact arithmetic. The events were counted in the first `elapsed` of a window; the
// window is taken to go on as it began, so that it allows budget x events x window / elapsed failures.
class ErrorBudget {
 public:
  // 0 < elapsed <= window <= 10,000 days, both in whole fifths of a second, as all that files state;
  // failed <= total <= 10^15.
  ErrorBudget(Percent budget, std::uint64_t total, std::uint64_t failed, Seconds window, Seconds elapsed);

  [[nodiscard]] std::uint64_t total() const noexcept { return total_; }
  [[nodiscard]] std::uint64_t failed() const noexcept { return failed_; }
  [[nodiscard]] Seconds window() const noexcept { return window_; }
  [[nodiscard]] Seconds elapsed() const noexcept { return elapsed_; }
  [[nodiscard]] bool is_over() const noexcept { return elapsed_ == window_; }

  // Failures that the whole window allows, rounded down.
  [[nodiscard]] std::uint64_t allowed() const noexcept;
  // More failed than the window allows.
  [[nodiscard]] bool is_exhausted() const noexcept { return failed_ > allowed(); }
  // The share of allowed failures that are used, in percent, rounded up; nullopt where none is allowed.
  [[nodiscard]] std::optional<Number> used() const noexcept;
  // The share of the budget that is used by the share of the window that is gone, which is the failing share by the
  // allowed one; rounded up, so that it is above 1 exactly when it is printed so. nullopt where none is allowed.
  [[nodiscard]] std::optional<Number> burn_rate() const noexcept;
  // The same for another failing share.
  [[nodiscard]] std::optional<Number> burn_rate_of(Percent failing) const noexcept;
  // How long until nothing is left, if as many fail in the time to come, rounded down; 0 where nothing is left, nullopt
  // where nothing fails or 10,000 days would not do.
  [[nodiscard]] std::optional<WindowDays> lasts() const noexcept;

 private:
  Percent budget_;
  std::uint64_t total_, failed_;
  Seconds window_, elapsed_;
};

}  // namespace migplan
