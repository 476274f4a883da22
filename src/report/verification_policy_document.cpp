#include <utility>

#include "policy_document.hpp"

namespace migplan {
namespace {

List texts(const std::vector<std::string>& all) {
  List list;
  for (const std::string& text : all) list.emplace_back(std::string_view(text));
  return list;
}

Object gate_object(const GatePolicy& gate) {
  return {{"throughput_lift", value_of(gate.throughput_lift)},
          {"memory_drop", value_of(gate.memory_drop)},
          {"grpc_unavailable", value_of(gate.grpc_unavailable)},
          {"grpc_deadline_exceeded", value_of(gate.grpc_deadline_exceeded)},
          {"confidence", value_of(gate.confidence)}};
}

Object reconcile_object(const ReconcilePolicy& reconcile) {
  Object fields;
  for (const auto& [name, comparison] : reconcile.fields) {
    fields.emplace_back(name, comparison.tolerance ? Value(Object{{"tolerance", value_of(*comparison.tolerance)}})
                                                   : Value(name_of(comparison.rule)));
  }
  return {{"fields", std::move(fields)},
          {"business_fields", texts(reconcile.business_fields)},
          {"version_field", std::string_view(reconcile.version_field)},
          {"window", value_of(reconcile.window)}};
}

Object canary_object(const CanaryPolicy& canary) {
  List ramp;
  for (const Percent share : canary.ramp) ramp.emplace_back(value_of(share));
  return {{"p99_delta", value_of(canary.p99_delta)},
          {"difference", value_of(canary.difference)},
          {"version_equal", value_of(canary.version_equal)},
          {"success_rate", value_of(canary.success_rate)},
          {"p95", value_of(canary.p95)},
          {"http_5xx", value_of(canary.http_5xx)},
          {"least_samples", value_of(canary.least_samples)},
          {"confidence", value_of(canary.confidence)},
          {"ramp", std::move(ramp)},
          {"header", std::string_view(canary.header)},
          {"header_value", std::string_view(canary.header_value)}};
}

Object sunset_object(const SunsetPolicy& sunset) {
  return {{"grey_share", value_of(sunset.grey_share)},     {"grey_p99", value_of(sunset.grey_p99)},
          {"grey_p99_for", value_of(sunset.grey_p99_for)}, {"grey_error_rate", value_of(sunset.grey_error_rate)},
          {"grey_hours", value_of(sunset.grey_hours)},     {"consistency", value_of(sunset.consistency)},
          {"sla_target", value_of(sunset.sla_target)},     {"on_target_days", value_of(sunset.on_target_days)},
          {"quiet_hours", value_of(sunset.quiet_hours)},   {"cdc_delay", value_of(sunset.cdc_delay)},
          {"cdc_tries", value_of(sunset.cdc_tries)},       {"greatest_gap", value_of(sunset.greatest_gap)}};
}

Object lint_object(const LintPolicy& lint) {
  return {{"min_available", value_of(lint.min_available)},
          {"log_fields", texts(lint.log_fields)},
          {"sidecars", texts(lint.sidecars)},
          {"environments", texts(lint.environments)}};
}

}  // namespace

Object verification_policy_document(const Policy& policy) {
  const SloPolicy& slo = policy.slo();
  return {
      {"gate", gate_object(policy.gate())},
      {"reconcile", reconcile_object(policy.reconcile())},
      {"canary", canary_object(policy.canary())},
      {"sunset", sunset_object(policy.sunset())},
      {"slo", Object{{"coverage", value_of(slo.coverage)},
                     {"default_window", value_of(slo.default_window)},
                     {"confidence", value_of(slo.confidence)}}},
      {"lint", lint_object(policy.lint())},
  };
}

}  // namespace migplan
