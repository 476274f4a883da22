#pragma once

#include "migplan/base/issue.hpp"
#include "migplan/base/quantity.hpp"

namespace migplan {

// What playbooks assume of a service. models.md section 8.
struct PlaybookPolicy {
  RequestsPerSecond elastic_rps;  // with as many requests, or orders, a second a service must scale within seconds
  Ratio live_heap_ratio;          // live heap of the Go service over that of the Java service
  Count goroutine_stack_kib;      // of the goroutine that stands for a Java thread
  Count least_gogc;               // below it the collector costs more than it saves
  Count greatest_gogc;
};

// Paths inside the policy; whoever read the file adds places.
[[nodiscard]] Issues playbook_issues(const PlaybookPolicy& policy);

}  // namespace migplan
