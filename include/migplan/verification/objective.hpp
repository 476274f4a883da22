#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "migplan/base/quantity.hpp"
#include "migplan/model/evidence.hpp"
#include "migplan/model/inventory.hpp"

namespace migplan {

namespace unit {
struct WindowDays {
  static constexpr std::string_view kName = "days";
  static constexpr int kDecimals = 3;
  static constexpr std::int64_t kMin = 0, kMax = 10'000'000;
};
}  // namespace unit

using WindowDays = Quantity<unit::WindowDays>;  // thousandths of a day, which are whole seconds and tenths
[[nodiscard]] Seconds seconds_of(WindowDays days) noexcept;
// Rounded down.
[[nodiscard]] WindowDays days_of(Seconds length) noexcept;

enum class ObjectiveKind : std::uint8_t {
  Availability,  // a share of good events of all
  Latency,       // a share of requests that are faster than a limit
  Threshold,     // a share of values on the right side of a number whose unit the file does not say
  Unknown,       // the indicator stands elsewhere
};
[[nodiscard]] std::string_view name_of(ObjectiveKind kind) noexcept;

// What the error budget counts.
enum class BudgetOf : std::uint8_t { Events, TimeSlices };

// How long a window is. Months, quarters and years of the calendar have no one length.
struct ObjectiveWindow {
  Seconds least, most;
  friend bool operator==(const ObjectiveWindow&, const ObjectiveWindow&) = default;
};
// "30 days", "28 to 31 days", "90 minutes"
[[nodiscard]] std::string to_string(const ObjectiveWindow& window);

// A service level objective, as its file states it.
struct ServiceObjective {
  std::string service;  // empty = the file does not say
  std::string name;
  ObjectiveKind kind = ObjectiveKind::Availability;
  BudgetOf budget_of = BudgetOf::Events;
  Percent target;
  std::optional<Percent> stated_budget{};
  std::optional<Milliseconds> latency_limit{};
  std::optional<ObjectiveWindow> window{};
  std::optional<bool> is_rolling{};
  EvidencePlace place;                          // of the target
  std::optional<EvidencePlace> budget_place{};  // of the stated budget
  std::vector<std::string> notes{};             // what the file does not say
};

// The share of events that may fail.
[[nodiscard]] constexpr Percent error_budget(const ServiceObjective& objective) noexcept {
  return Percent::max() - objective.target;
}

// What `slo` of the services of an inventory says, in their order.
[[nodiscard]] std::vector<ServiceObjective> objectives_of(const Inventory& inventory);

// One stated set of figures: availability, its error budget a month, and a limit of the 95th percentile.
struct StatedLevels {
  struct Figure {
    EvidencePlace place;
    std::int64_t steps = 0;  // of Percent or Milliseconds
  };
  std::string service;
  std::optional<Figure> availability, error_budget_monthly, latency_p95;
};
// Up to two objectives. An availability that is not stated follows from its budget.
[[nodiscard]] std::vector<ServiceObjective> objectives_of(const StatedLevels& stated);

// What was measured of a service; keys.md, "SLO counts".
struct MeasuredLevels {
  std::string service;    // empty = of the one that the objectives' file does not name
  std::string objective;  // empty = of the service as a whole
  std::optional<WindowDays> window, elapsed;
  std::optional<std::uint64_t> total, failed;  // both or none
  std::optional<Milliseconds> latency_p95;
  std::optional<Percent> coverage;  // of unit tests
  EvidencePlace place;
};

}  // namespace migplan
