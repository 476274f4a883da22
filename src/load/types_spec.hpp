#pragma once

#include "field_spec.hpp"
#include "migplan/load/types_reader.hpp"

namespace migplan {

inline constexpr std::string_view kTypesSchema = "migplan/types/v1";
[[nodiscard]] const MapSpec& types_spec() noexcept;  // target: TypesFile

}  // namespace migplan
