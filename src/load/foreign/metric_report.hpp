#pragma once

#include <string_view>

#include "migplan/load/evidence_reader.hpp"
#include "migplan/load/report_reader.hpp"

namespace migplan {

// What time series say of services: calls, and the facts that the options map metrics to. `service_label`, in the place
// of a metric, names the label that names the service; else the first of the usual ones does.
[[nodiscard]] Result<Observations> metric_observations(Result<Evidence> evidence, std::string_view tool,
                                                       std::string_view file, const ReportOptions& options);

}  // namespace migplan
