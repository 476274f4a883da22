#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "field_spec.hpp"
#include "migplan/base/quantity.hpp"

namespace migplan {

struct CanarySideDraft {
  std::optional<Percent> success_rate, http_5xx;
  std::optional<Milliseconds> p95, p99;
  std::optional<Count> samples;
  std::vector<Milliseconds> latencies;
  std::map<std::string_view, Position> at;  // of each key that stands there
};

struct CanaryDraft {
  std::string schema, service;
  std::optional<Count> pairs, business_different, version_compared, version_different, latencies_old, latencies_new;
  std::optional<Count> missing_old, missing_new, repeated_otherwise;
  std::optional<Milliseconds> shift, low, high;
  CanarySideDraft old_side, new_side;
  Position at{};
};

[[nodiscard]] const MapSpec& canary_spec() noexcept;  // target: CanaryDraft

}  // namespace migplan
