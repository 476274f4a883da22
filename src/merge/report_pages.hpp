#pragma once

#include <span>
#include <vector>

#include "migplan/merge/merging.hpp"

namespace migplan {

// Of each report, whether it is one page of several that are not all there; a warning each.
[[nodiscard]] std::vector<bool> are_parts(std::span<const NamedReport> reports, Issues& issues);

}  // namespace migplan
