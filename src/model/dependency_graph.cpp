#include "migplan/model/dependency_graph.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace migplan {
namespace {

constexpr std::uint32_t kUnvisited = std::numeric_limits<std::uint32_t>::max();

// Tarjan's algorithm (SIAM J. Comput. 1972) with its call stack kept as data.
class ComponentSearch {
 public:
  ComponentSearch(const std::vector<std::uint32_t>& begins, const std::vector<ServiceIndex>& callees)
      : component_of(begins.size() - 1, kUnvisited),
        begins_(begins),
        callees_(callees),
        order_(begins.size() - 1, kUnvisited),
        low_(order_.size()) {}

  std::vector<std::uint32_t> component_of;
  std::vector<std::uint32_t> sizes;

  void run() {
    for (ServiceIndex i = 0; i < order_.size(); ++i) {
      if (order_[i] == kUnvisited) visit_from(i);
    }
  }

 private:
  struct Frame {
    ServiceIndex node;
    std::uint32_t next_edge;
  };

  void visit_from(ServiceIndex root) {
    enter(root);
    while (!calls_.empty()) {
      Frame& frame = calls_.back();
      if (frame.next_edge == begins_[frame.node + 1]) {
        leave(frame.node);
        continue;
      }
      const ServiceIndex callee = callees_[frame.next_edge++];
      if (order_[callee] == kUnvisited) {
        enter(callee);
      } else if (component_of[callee] == kUnvisited) {
        low_[frame.node] = std::min(low_[frame.node], order_[callee]);
      }
    }
  }

  void enter(ServiceIndex node) {
    order_[node] = low_[node] = next_order_++;
    open_.push_back(node);
    calls_.push_back({node, begins_[node]});
  }

  void leave(ServiceIndex node) {
    calls_.pop_back();
    if (!calls_.empty()) low_[calls_.back().node] = std::min(low_[calls_.back().node], low_[node]);
    if (low_[node] != order_[node]) return;
    const auto component = static_cast<std::uint32_t>(sizes.size());
    sizes.push_back(0);
    for (ServiceIndex member = kUnvisited; member != node;) {
      member = open_.back();
      open_.pop_back();
      component_of[member] = component;
      ++sizes.back();
    }
  }

  const std::vector<std::uint32_t>& begins_;
  const std::vector<ServiceIndex>& callees_;
  std::vector<std::uint32_t> order_, low_;
  std::vector<ServiceIndex> open_;
  std::vector<Frame> calls_;
  std::uint32_t next_order_ = 0;
};

}  // namespace

DependencyGraph::DependencyGraph(const Inventory& inventory, Edges edges) {
  copy_edges(inventory, edges);
  find_components();
}

void DependencyGraph::copy_edges(const Inventory& inventory, Edges edges) {
  begins_.reserve(inventory.size() + 1);
  begins_.push_back(0);
  has_callers_.assign(inventory.size(), false);
  for (ServiceIndex i = 0; i < inventory.size(); ++i) {
    for (const Dependency& dependency : inventory.dependencies(i)) {
      if (dependency.is_external || (edges == Edges::Strong && dependency.strength != Strength::Strong)) continue;
      callees_.push_back(dependency.target);
      has_callers_[dependency.target] = true;
    }
    begins_.push_back(static_cast<std::uint32_t>(callees_.size()));
  }
}

void DependencyGraph::find_components() {
  ComponentSearch search(begins_, callees_);
  search.run();
  component_of_ = std::move(search.component_of);
  component_sizes_ = std::move(search.sizes);
}

std::span<const ServiceIndex> DependencyGraph::callees(ServiceIndex i) const noexcept {
  return {callees_.data() + begins_[i], callees_.data() + begins_[i + 1]};
}

std::vector<std::vector<ServiceIndex>> DependencyGraph::cycles() const {
  std::vector<std::uint32_t> place(component_count(), kUnvisited);
  std::vector<std::vector<ServiceIndex>> cycles;
  for (ServiceIndex i = 0; i < size(); ++i) {
    const std::uint32_t component = component_of_[i];
    if (component_sizes_[component] < 2) continue;
    if (place[component] == kUnvisited) {
      place[component] = static_cast<std::uint32_t>(cycles.size());
      cycles.emplace_back();
    }
    cycles[place[component]].push_back(i);
  }
  return cycles;
}

std::vector<Count> DependencyGraph::upstream_chain_lengths() const {
  std::vector<ServiceIndex> by_component(size());
  std::vector<std::uint32_t> ends(component_count() + 1, 0);
  for (const std::uint32_t component : component_of_) ++ends[component + 1];
  for (std::uint32_t c = 0; c < component_count(); ++c) ends[c + 1] += ends[c];
  std::vector<std::uint32_t> next(ends.begin(), ends.end() - 1);
  for (ServiceIndex i = 0; i < size(); ++i) by_component[next[component_of_[i]]++] = i;

  std::vector<std::int64_t> above(component_count(), 0);  // services on the longest chain strictly above the component
  for (std::uint32_t component = component_count(); component-- > 0;) {
    const std::int64_t through = above[component] + component_sizes_[component];
    for (std::uint32_t at = ends[component]; at < ends[component + 1]; ++at) {
      for (const ServiceIndex callee : callees(by_component[at])) {
        const std::uint32_t below = component_of_[callee];
        if (below != component) above[below] = std::max(above[below], through);
      }
    }
  }
  std::vector<Count> lengths(size());
  for (ServiceIndex i = 0; i < size(); ++i) {
    const std::uint32_t component = component_of_[i];
    lengths[i] = Count::from_steps(above[component] + component_sizes_[component] - 1);
  }
  return lengths;
}

}  // namespace migplan
