#pragma once

#include <cstdint>
#include <vector>

#include "migplan/model/inventory.hpp"

namespace migplan {

// A number for each service; those that reach each other over strong dependencies share it. Linear (Kosaraju: what is
// reachable against the arrows, in the order in which a walk along them is done). The checker of plans has its own way
// to find the cycles, so that a slip in the one that plans are made by shows.
[[nodiscard]] std::vector<std::uint32_t> strong_cycles(const Inventory& inventory);

}  // namespace migplan
