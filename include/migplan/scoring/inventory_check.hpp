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

// A warning for each tier override that ended before that day: whoever wanted it has to say so again.
[[nodiscard]] Issues expired_overrides(const Inventory& inventory, Date as_of);

}  // namespace migplan
