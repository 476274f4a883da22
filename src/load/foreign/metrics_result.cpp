#include "metrics_result.hpp"

#include <fmt/format.h>

#include <utility>

namespace migplan {

Result<Evidence> metrics_result(MetricSamples samples, Issues issues) {
  if (issues.has_errors()) return issues;
  if (samples.series().empty()) {
    issues.add({Severity::Warning, samples.file, {}, "", "no time series: nothing was measured, which is not zero"});
  }
  const MetricSamples::Repeated repeated = samples.gather();
  if (repeated.points != 0) {
    issues.add({Severity::Warning, samples.file, repeated.first, "",
                fmt::format("{} points stand here again for the same series and time; the last of each counts",
                            repeated.points)});
  }
  return {Evidence(std::move(samples)), std::move(issues)};
}

}  // namespace migplan
