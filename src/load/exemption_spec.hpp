#pragma once

#include <vector>

#include "field_spec.hpp"
#include "migplan/model/exemption.hpp"

namespace migplan {

struct ExemptionsDraft {
  std::vector<Exemption> list;
};

inline constexpr std::string_view kExemptionsSchema = "migplan/exemptions/v1";
[[nodiscard]] const MapSpec& exemptions_spec() noexcept;  // target: ExemptionsDraft

}  // namespace migplan
