#pragma once

#include "field_spec.hpp"
#include "migplan/model/policy.hpp"

namespace migplan {

inline constexpr std::string_view kPolicySchema = "migplan/policy/v1";
extern const MapSpec kScheduleSpec;                   // target: SchedulePolicy
[[nodiscard]] const MapSpec& policy_spec() noexcept;  // target: PolicyValues

}  // namespace migplan
