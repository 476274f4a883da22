#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "migplan/base/quantity.hpp"
#include "migplan/model/inventory.hpp"

namespace migplan {

// The dependencies between the services of an inventory, external ones left out, and its cycles (strongly connected
// components). Built in time and memory linear in services and dependencies, without recursion.
class DependencyGraph {
 public:
  enum class Edges : std::uint8_t { All, Strong /* weak dependencies left out */ };
  explicit DependencyGraph(const Inventory& inventory, Edges edges = Edges::All);

  [[nodiscard]] std::size_t size() const noexcept { return component_of_.size(); }
  [[nodiscard]] std::span<const ServiceIndex> callees(ServiceIndex i) const noexcept;
  // Components are numbered so that callees' components come before their callers'.
  [[nodiscard]] std::uint32_t component_of(ServiceIndex i) const noexcept { return component_of_[i]; }
  [[nodiscard]] std::uint32_t component_count() const noexcept {
    return static_cast<std::uint32_t>(component_sizes_.size());
  }
  [[nodiscard]] std::uint32_t component_size(std::uint32_t component) const noexcept {
    return component_sizes_[component];
  }
  [[nodiscard]] bool has_callers(ServiceIndex i) const noexcept { return has_callers_[i]; }
  // Components of two services or more, each with its members in index order, by first member.
  [[nodiscard]] std::vector<std::vector<ServiceIndex>> cycles() const;
  // Per service: the most services on any chain of callers above it, the service itself not counted, the other members
  // of its own cycle counted, each cycle's members counted once (longest path over the condensed graph). models.md
  // section 1.
  [[nodiscard]] std::vector<Count> upstream_chain_lengths() const;

 private:
  void copy_edges(const Inventory& inventory, Edges edges);
  void find_components();

  std::vector<std::uint32_t> begins_;
  std::vector<ServiceIndex> callees_;
  std::vector<std::uint32_t> component_of_;
  std::vector<std::uint32_t> component_sizes_;
  std::vector<bool> has_callers_;
};

}  // namespace migplan
