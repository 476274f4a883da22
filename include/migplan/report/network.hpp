#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace migplan {

// Services of one time, drawn together.
struct NetworkGroup {
  std::string title;
};

struct NetworkNode {
  std::string_view name;
  std::string_view display_name{};  // may be empty
  std::string_view tier{};
  std::uint32_t rank = 0;   // of the tier, 0 = the first
  std::uint32_t group = 0;  // into Network::groups
  bool is_critical = false;
};

// `from` calls `to`.
struct NetworkEdge {
  std::uint32_t from = 0, to = 0;  // into Network::nodes
  bool is_strong = true;
  bool is_in_cycle = false;  // both ends are in one cycle of strong dependencies
  std::string bridge{};      // why the old and the new platform meet here; empty = they do not
};

// Services and what they call, in groups; everything in the order in which it is drawn.
struct Network {
  std::string title;
  std::vector<NetworkGroup> groups{};
  std::vector<NetworkNode> nodes{};
  std::vector<NetworkEdge> edges{};
};

}  // namespace migplan
