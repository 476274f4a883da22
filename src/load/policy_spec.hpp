#pragma once

#include "field_spec.hpp"
#include "migplan/model/policy.hpp"

namespace migplan {

inline constexpr std::string_view kPolicySchema = "migplan/policy/v1";
extern const MapSpec kScheduleSpec;                   // target: SchedulePolicy
extern const MapSpec kGateSpec;                       // target: GatePolicy
extern const MapSpec kReconcileSpec;                  // target: ReconcilePolicy
extern const MapSpec kCanarySpec;                     // target: CanaryPolicy
extern const MapSpec kSunsetSpec;                     // target: SunsetPolicy
extern const MapSpec kSloSpec;                        // target: SloPolicy
extern const MapSpec kLintSpec;                       // target: LintPolicy
extern const MapSpec kPlaybookSpec;                   // target: PlaybookPolicy
extern const MapSpec kImportSpec;                     // target: ImportPolicy
[[nodiscard]] const MapSpec& policy_spec() noexcept;  // target: PolicyValues

}  // namespace migplan
