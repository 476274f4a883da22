#include "service_cycles.hpp"

#include <utility>

namespace migplan {
namespace {

using Arrows = std::vector<std::vector<ServiceIndex>>;

Arrows reversed(const Arrows& arrows) {
  Arrows back(arrows.size());
  for (ServiceIndex from = 0; from < arrows.size(); ++from) {
    for (const ServiceIndex to : arrows[from]) back[to].push_back(from);
  }
  return back;
}

Arrows strong_arrows(const Inventory& inventory) {
  Arrows arrows(inventory.size());
  for (ServiceIndex i = 0; i < inventory.size(); ++i) {
    for (const Dependency& dependency : inventory.dependencies(i)) {
      if (!dependency.is_external && dependency.strength == Strength::Strong) arrows[i].push_back(dependency.target);
    }
  }
  return arrows;
}

// Visits what can be reached from `start` and was not before; tells each one when everything behind it has been.
template <class Done>
void walk(const Arrows& arrows, ServiceIndex start, std::vector<bool>& is_visited, const Done& done) {
  if (is_visited[start]) return;
  is_visited[start] = true;
  std::vector<std::pair<ServiceIndex, std::size_t>> path{{start, 0}};
  while (!path.empty()) {
    auto& [at, next] = path.back();
    if (next == arrows[at].size()) {
      done(at);
      path.pop_back();
      continue;
    }
    const ServiceIndex to = arrows[at][next++];
    if (is_visited[to]) continue;
    is_visited[to] = true;
    path.emplace_back(to, 0);
  }
}

}  // namespace

std::vector<std::uint32_t> strong_cycles(const Inventory& inventory) {
  const Arrows arrows = strong_arrows(inventory);
  const auto size = static_cast<ServiceIndex>(arrows.size());
  std::vector<ServiceIndex> done;
  std::vector<bool> is_visited(size);
  for (ServiceIndex i = 0; i < size; ++i) {
    walk(arrows, i, is_visited, [&done](ServiceIndex at) { done.push_back(at); });
  }
  const Arrows back = reversed(arrows);
  std::vector<std::uint32_t> cycles(size, 0);
  is_visited.assign(size, false);
  std::uint32_t count = 0;
  for (auto start = done.rbegin(); start != done.rend(); ++start) {
    if (is_visited[*start]) continue;
    walk(back, *start, is_visited, [&cycles, count](ServiceIndex at) { cycles[at] = count; });
    ++count;
  }
  return cycles;
}

}  // namespace migplan
