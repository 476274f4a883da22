#pragma once

#include <string_view>

#include "migplan/load/evidence_reader.hpp"

namespace migplan {

// What a reader of metrics ends with: the series gathered, and warnings where points were repeated or there is none.
[[nodiscard]] Result<Evidence> metrics_result(MetricSamples samples, Issues issues);

}  // namespace migplan
