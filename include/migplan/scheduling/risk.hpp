#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "migplan/scheduling/plan.hpp"

namespace migplan {

struct RiskOptions {
  std::uint32_t draws = 5'000;  // at least 1
  std::uint64_t seed = 1;
  unsigned threads = 1;                 // changes the time, never the result
  std::function<bool()> should_stop{};  // asked now and then; empty = never
};

// Days by which something was over in half, in 80 and in 95 of 100 draws.
struct Quantiles {
  Day p50 = 0, p80 = 0, p95 = 0;
};

struct ServiceRisk {
  std::uint32_t migration = 0;
  Quantiles cutover;           // first day of the cutover
  std::uint32_t on_time = 0;   // draws in which it met the end
  std::uint32_t critical = 0;  // draws in which it stood on the chain that ends last
  // With its longest phase that has not begun kSlip working days longer, all else as planned: how many days the last
  // due finish moves, and the sum of days by which cutovers of others move. Null beyond the most critical services.
  std::optional<std::int32_t> slip_of_end, slip_of_others;
};
inline constexpr std::int32_t kSlip = 10;

struct Risk {
  std::uint32_t draws = 0;            // made; less than asked for where it was stopped
  std::uint32_t on_time = 0;          // draws in which all met the end
  Quantiles finish;                   // last day of what the end is held against
  std::vector<Day> finishes;          // of each draw, rising
  std::vector<ServiceRisk> services;  // by migration
};

// Monte Carlo over the durations of phases that have not begun, drawn independently from their three points; the order
// of the plan is kept: activities are placed one by one in the order of their planned starts, each as early as it may.
// models.md section 4. Draw d depends on the seed and d alone.
[[nodiscard]] Risk risk_of(const Plan& plan, const RiskOptions& options);

}  // namespace migplan
