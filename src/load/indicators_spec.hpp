#pragma once

#include <vector>

#include "field_spec.hpp"
#include "migplan/verification/indicator.hpp"

namespace migplan {

struct IndicatorsDraft {
  std::vector<Indicator> indicators;
};

inline constexpr std::string_view kIndicatorsSchema = "migplan/indicators/v1";
[[nodiscard]] const MapSpec& indicators_spec() noexcept;  // target: IndicatorsDraft

}  // namespace migplan
