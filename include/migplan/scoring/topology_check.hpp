#pragma once

#include "migplan/base/issue.hpp"
#include "migplan/model/inventory.hpp"

namespace migplan {

// Warnings where a service states a topology number other than the one that its dependencies give; the stated one is used.
[[nodiscard]] Issues topology_warnings(const Inventory& inventory);

}  // namespace migplan
