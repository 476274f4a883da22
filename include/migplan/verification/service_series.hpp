#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "migplan/model/metric_samples.hpp"

namespace migplan {

// The part of a file of time series that is of one service. A series says whose it is by a label, service.name (or
// service_name), service, app, application or app_kubernetes_io_name; where none in the file has such a label, by the
// name of its container or workload, or of a pod that Kubernetes has named after it.
struct ServiceSeries {
  MetricSamples samples;            // its texts stay with the file's
  std::vector<std::string> others;  // services that other series say they are of, sorted, each once
  bool is_foreign = false;          // every series that says whose it is names another service; no samples, then
};

// `names`: what the service is called, its own name first. Case and a namespace before "/" make no difference. Series
// that say nothing belong to the service unless others name another one.
[[nodiscard]] ServiceSeries series_of(const MetricSamples& all, std::span<const std::string_view> names);

// Whether the pod is one that Kubernetes names after a workload: cart-5d8f7c6b9-x2x7z, cart-0, cart-x2x7z; the suffixes
// that it makes up have neither vowels nor 0, 1 and 3.
[[nodiscard]] bool is_pod_of(std::string_view pod, std::string_view workload) noexcept;

}  // namespace migplan
