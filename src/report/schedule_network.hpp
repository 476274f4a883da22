#pragma once

#include <functional>
#include <vector>

#include "migplan/report/network.hpp"
#include "migplan/report/views.hpp"
#include "migplan/scheduling/plan.hpp"

namespace migplan {

// Makes the network of the services that `choice` keeps, in the waves of their cutovers; null where it asks for another
// table. The plan must outlive it. `choice` was applied once without a problem.
[[nodiscard]] std::function<Network()> network_of(const Plan& plan, std::vector<bool> tiers, TableChoice choice);

}  // namespace migplan
