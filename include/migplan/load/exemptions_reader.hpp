#pragma once

#include <string_view>

#include "migplan/base/result.hpp"
#include "migplan/load/byte_source.hpp"
#include "migplan/model/exemption.hpp"

namespace migplan {

// A file of exemptions, YAML or JSON.
[[nodiscard]] Result<Exemptions> read_exemptions(ByteSource& source, std::string_view name);

}  // namespace migplan
