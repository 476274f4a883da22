#pragma once

#include "migplan/base/issue.hpp"
#include "migplan/model/inventory.hpp"
#include "migplan/model/policy.hpp"

namespace migplan {

// Warnings where a service states a topology number other than the one that its dependencies give; the stated one is
// used.
[[nodiscard]] Issues topology_warnings(const Inventory& inventory);

// Errors where a tier override names no tier of the policy.
[[nodiscard]] Issues override_issues(const Inventory& inventory, const Policy& policy);

}  // namespace migplan
