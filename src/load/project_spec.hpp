#pragma once

#include "field_spec.hpp"

namespace migplan {

inline constexpr std::string_view kProjectSchema = "migplan/project/v1";
[[nodiscard]] const MapSpec& project_spec() noexcept;  // target: ProjectFile

}  // namespace migplan
