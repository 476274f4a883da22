#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "migplan/base/issue.hpp"
#include "migplan/base/quantity.hpp"

namespace migplan {

// Limits of the admission tests; all are kept when reached exactly. models.md section 5.
struct GatePolicy {
  Percent throughput_lift;         // at least, of successful requests
  Percent memory_drop;             // at least
  Percent grpc_unavailable;        // of all calls, at most
  Percent grpc_deadline_exceeded;  // of all calls, at most
  Percent confidence;              // of the one-sided bounds
};

// How a field of the two records of a request is compared.
enum class FieldRule : std::uint8_t { Equal, Ignore, Unordered /* lists with the same items in any order */ };
[[nodiscard]] std::string_view name_of(FieldRule rule) noexcept;

struct FieldComparison {
  FieldRule rule = FieldRule::Equal;
  std::optional<RawValue> tolerance;  // of numbers: the greatest difference that counts as equal
};

// models.md section 6, reconciliation.
struct ReconcilePolicy {
  std::map<std::string, FieldComparison> fields;  // by name; others take no part
  std::vector<std::string> business_fields;       // those that make a business difference
  std::string version_field;                      // of the idempotent deduction
  Seconds window;                                 // a pair further apart is late
};

// Limits of the grey release. models.md section 6.
struct CanaryPolicy {
  Milliseconds p99_delta;     // new minus old, at most
  Percent difference;         // of joined pairs, below
  Percent version_equal;      // of joined pairs, at least
  Percent success_rate;       // at least
  Milliseconds p95;           // at most
  Percent http_5xx;           // at most
  Count least_samples;        // a side
  Percent confidence;         // of intervals and of the ramp
  std::vector<Percent> ramp;  // rising shares of the traffic
  std::string header;         // routes to the new service whatever the ratio
  std::string header_value;
};

// models.md section 7.
struct SunsetPolicy {
  Percent grey_share;
  Milliseconds grey_p99;  // above it for grey_p99_for: roll back
  Seconds grey_p99_for;
  Percent grey_error_rate;      // above: roll back
  Hours grey_hours;             // without either before all requests are written twice
  Percent consistency;          // below: roll back
  Percent sla_target;           // what the new service must reach where the inventory states nothing
  CalendarDays on_target_days;  // days in a row on target before the old one turns read-only
  Hours quiet_hours;            // without anomaly before it is removed
  Seconds cdc_delay;            // above: compensation
  Count cdc_tries;              // of compensation before the alarm
  Seconds greatest_gap;         // between two samples; a longer one is not known to be quiet
};

// models.md section 9.
struct SloPolicy {
  Percent coverage;             // of unit tests, at least
  CalendarDays default_window;  // where a file states none
  Percent confidence;           // of the one-sided bounds of a burn rate
};

// models.md section 9, anti-patterns.
struct LintPolicy {
  Count min_available;                    // pods that a disruption budget keeps, at least
  std::vector<std::string> log_fields;    // of every line
  std::vector<std::string> sidecars;      // names of containers or images that are sidecars, besides the known ones
  std::vector<std::string> environments;  // words that name one in the name of a values file
};

// Paths inside the policy; whoever read the file adds places.
[[nodiscard]] Issues gate_issues(const GatePolicy& policy);
[[nodiscard]] Issues reconcile_issues(const ReconcilePolicy& policy);
[[nodiscard]] Issues canary_issues(const CanaryPolicy& policy);
[[nodiscard]] Issues sunset_issues(const SunsetPolicy& policy);
[[nodiscard]] Issues slo_issues(const SloPolicy& policy);
[[nodiscard]] Issues lint_issues(const LintPolicy& policy);

}  // namespace migplan
