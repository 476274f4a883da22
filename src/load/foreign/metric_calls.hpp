#pragma once

#include <optional>
#include <string_view>

#include "migplan/model/metric_samples.hpp"
#include "migplan/model/observation.hpp"

namespace migplan {

// Who calls whom, as the service graph of OpenTelemetry counts it (traces_service_graph_request_total) or a mesh
// (istio_requests_total, of one reporter). A query's result that has lost its name is known by its labels.
// False: there is no such metric.
[[nodiscard]] bool add_service_graph(const MetricSamples& samples, Observations& observations);
[[nodiscard]] bool add_mesh_requests(const MetricSamples& samples, Observations& observations);

}  // namespace migplan
