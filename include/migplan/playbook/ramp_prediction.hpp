#pragma once

#include <cstdint>
#include <optional>

#include "migplan/base/quantity.hpp"
#include "migplan/model/policy.hpp"

namespace migplan {

// What the grey release of a service takes before its evidence is complete, when no difference is seen. docs/models.md
// section "Grey release".
struct RampPrediction {
  std::uint64_t pairs = 0;           // of each step
  std::uint64_t requests = 0;        // of the service, over all steps
  std::optional<CalendarDays> slot;  // the length of the phase "canary"; null = the policy has none of fixed length
  std::optional<Hours> time;         // at the service's traffic, rounded up; null = not known, or none
  std::optional<bool> fits;          // whether the time is within the slot; null = one of them is not known
};

// Traffic of 0 never fits.
[[nodiscard]] RampPrediction ramp_prediction(const Policy& policy, std::optional<RequestsPerSecond> traffic);

}  // namespace migplan
