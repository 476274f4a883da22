#pragma once

#include <cstdint>
#include <optional>

#include "migplan/base/quantity.hpp"
#include "migplan/model/policy.hpp"
#include "migplan/model/service.hpp"

namespace migplan {

// How much memory the Go service will take at its peak, and the settings that keep it within the admission test.
// docs/models.md section 8.
struct MemoryPrediction {
  Megabytes limit;            // what the memory test leaves of the Java service's greatest heap, rounded down
  Megabytes live;             // of the Go service, rounded up
  Megabytes stacks;           // of its goroutines, rounded up
  std::int64_t gogc = 0;      // percent
  Megabytes peak;             // (live + stacks) x (1 + gogc / 100), rounded up
  Megabytes gomemlimit;       // the limit, or the peak where that is above it
  Megabytes container_limit;  // the greatest heap, or a tenth above GOMEMLIMIT where that is more, rounded up
  Megabytes excess;           // of the peak over the limit
  Percent drop;               // of the peak against the greatest heap, to one decimal; negative = it grows
  [[nodiscard]] bool is_within() const noexcept { return excess == Megabytes{}; }
};

// Null unless both the greatest and the live heap are stated.
[[nodiscard]] std::optional<MemoryPrediction> memory_prediction(const Runtime& runtime, const Policy& policy);

}  // namespace migplan
