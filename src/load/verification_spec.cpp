#include <array>

#include "field_store.hpp"
#include "migplan/model/policy.hpp"
#include "policy_spec.hpp"

namespace migplan {

template <>
struct fields::EnumNames<FieldRule> {
  static constexpr std::array<std::string_view, 3> kNames{"equal", "ignore", "unordered"};
};

namespace {

using namespace fields;

constexpr auto kGateFields = std::array{
    value<&GatePolicy::throughput_lift>("throughput_lift", "Least growth of successful requests a second."),
    value<&GatePolicy::memory_drop>("memory_drop", "Least fall of the peak memory."),
    value<&GatePolicy::grpc_unavailable>("grpc_unavailable", "Greatest share of calls that end UNAVAILABLE."),
    value<&GatePolicy::grpc_deadline_exceeded>("grpc_deadline_exceeded",
                                               "Greatest share of calls that end DEADLINE_EXCEEDED."),
    value<&GatePolicy::confidence>("confidence", "Confidence of each one-sided bound."),
};

constexpr auto kComparisonFields = std::array{
    value<&FieldComparison::tolerance>("tolerance", "Greatest difference of two numbers that counts as equal."),
};
constexpr MapSpec kComparison{"field", kComparisonFields};

constexpr FieldSpec compared_fields() {
  FieldSpec field = named_maps<&ReconcilePolicy::fields>(
      "fields", "How each field is compared: equal, ignore, unordered or {tolerance: x}; others take no part.",
      kComparison);
  field.value = value_spec<FieldRule>();
  field.takes_single = true;
  field.assign = [](void* owner, std::string_view name, const Scalar& found, const FieldSpec& spec,
                    FieldReader& reader) {
    if (const auto rule = read<FieldRule>(found, spec, reader)) {
      static_cast<ReconcilePolicy*>(owner)->fields.insert_or_assign(std::string(name),
                                                                    FieldComparison{*rule, std::nullopt});
    }
  };
  return field;
}

constexpr auto kReconcileFields = std::array{
    compared_fields(),
    list<&ReconcilePolicy::business_fields>("business_fields", "Fields whose difference is a business difference."),
    value<&ReconcilePolicy::version_field>("version_field", "Field that an idempotent deduction leaves the same."),
    value<&ReconcilePolicy::window>("window", "A pair whose two records lie further apart is late."),
};

constexpr auto kCanaryFields = std::array{
    value<&CanaryPolicy::p99_delta>("p99_delta", "Greatest growth of the 99th percentile."),
    value<&CanaryPolicy::difference>("difference", "Business differences stay below this share of the pairs."),
    value<&CanaryPolicy::version_equal>("version_equal", "Least share of the pairs with the same version."),
    value<&CanaryPolicy::success_rate>("success_rate", "Least share of requests that succeed."),
    value<&CanaryPolicy::p95>("p95", "Greatest 95th percentile."),
    value<&CanaryPolicy::http_5xx>("http_5xx", "Greatest share of answers with status 500 and above."),
    value<&CanaryPolicy::least_samples>("least_samples", "With fewer samples a side, hold."),
    value<&CanaryPolicy::confidence>("confidence", "Confidence of intervals and of the ramp."),
    list<&CanaryPolicy::ramp>("ramp", "Shares of the traffic, rising to 100."),
    value<&CanaryPolicy::header>("header", "Request header that asks for the new service."),
    value<&CanaryPolicy::header_value>("header_value", "Its value."),
};

constexpr auto kSunsetFields = std::array{
    value<&SunsetPolicy::grey_share>("grey_share", "Share of the traffic in the grey stage."),
    value<&SunsetPolicy::grey_p99>("grey_p99", "Grey stage: the 99th percentile above it for grey_p99_for rolls back."),
    value<&SunsetPolicy::grey_p99_for>("grey_p99_for", "How long it must stay above."),
    value<&SunsetPolicy::grey_error_rate>("grey_error_rate", "Grey stage: a greater share of errors rolls back."),
    value<&SunsetPolicy::grey_hours>("grey_hours", "Hours of the grey stage without either before dual write."),
    value<&SunsetPolicy::consistency>("consistency", "Dual write: less consistency rolls back."),
    value<&SunsetPolicy::sla_target>("sla_target", "Target of the new service where the inventory states none."),
    value<&SunsetPolicy::on_target_days>("on_target_days", "Days on target before the old service turns read-only."),
    value<&SunsetPolicy::quiet_hours>("quiet_hours", "Hours without anomaly before the old service is removed."),
    value<&SunsetPolicy::cdc_delay>("cdc_delay", "A longer delay of change data capture triggers compensation."),
    value<&SunsetPolicy::cdc_tries>("cdc_tries", "Tries of the compensation before the alarm."),
    value<&SunsetPolicy::greatest_gap>("greatest_gap", "A longer gap between two samples is not known to be quiet."),
};

constexpr auto kSloFields = std::array{
    value<&SloPolicy::coverage>("coverage", "Least unit-test coverage."),
    value<&SloPolicy::default_window>("default_window", "Window of an objective whose file states none."),
    value<&SloPolicy::confidence>("confidence", "Confidence of the one-sided bounds of a burn rate."),
};

constexpr auto kLintFields = std::array{
    value<&LintPolicy::min_available>("min_available", "Pods that a disruption budget keeps available, at least."),
    list<&LintPolicy::log_fields>("log_fields", "Fields of every log line."),
    list<&LintPolicy::sidecars>("sidecars", "Names of containers or images that are sidecars, besides the known ones."),
    list<&LintPolicy::environments>("environments", "Words that name an environment in the name of a values file."),
};

}  // namespace

constexpr MapSpec kGateSpec{"gate", kGateFields};
constexpr MapSpec kReconcileSpec{"reconcile", kReconcileFields};
constexpr MapSpec kCanarySpec{"canary", kCanaryFields};
constexpr MapSpec kSunsetSpec{"sunset", kSunsetFields};
constexpr MapSpec kSloSpec{"slo", kSloFields};
constexpr MapSpec kLintSpec{"lint", kLintFields};

}  // namespace migplan
