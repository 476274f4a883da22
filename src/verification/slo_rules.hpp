#pragma once

#include <optional>
#include <string>

#include "migplan/verification/slo.hpp"

namespace migplan::slo {

// `first`: the same objective before it; null = there is none.
[[nodiscard]] Check shape_check(const ServiceObjective& objective, const ServiceObjective* first,
                                const SloPolicy& policy);
// Of an objective with a stated budget.
[[nodiscard]] Check agreement_check(const ServiceObjective& objective);

// The length of an objective's window where it has one: its own, or the policy's where it states none or a month.
[[nodiscard]] std::optional<Seconds> window_length(const ServiceObjective& objective, const SloPolicy& policy);

// The counts of an objective's events, or why there are none.
struct Counted {
  std::optional<ErrorBudget> budget;
  EvidencePlace place;
  Text why_not;
};
[[nodiscard]] Counted counted_events(const ServiceObjective& objective, const SloEvidence& evidence,
                                     const SloPolicy& policy);

[[nodiscard]] Check budget_check(const ServiceObjective& objective, const Counted& counted);
[[nodiscard]] Check burn_check(const ServiceObjective& objective, const Counted& counted, Percent confidence);
// nullopt: its events are counted, so that nothing needs to be known of a percentile.
[[nodiscard]] std::optional<Check> latency_check(const ServiceObjective& objective, const SloEvidence& evidence,
                                                 bool is_counted);

}  // namespace migplan::slo
