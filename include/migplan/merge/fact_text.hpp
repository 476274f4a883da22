#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "migplan/merge/inventory_text.hpp"
#include "migplan/model/observation.hpp"

namespace migplan {

// A value as one text, the same for all notations of it: "12.5", "true", "java; spring", "[]".
[[nodiscard]] std::string plain_text(const ObservedValue& value);
// What stands at a node of an inventory; nullopt for nothing (null), a map or an alias.
[[nodiscard]] std::optional<std::string> plain_text(const InventoryText& layout, TextIndex node);

// One entry of depends_on.
struct StatedDependency {
  std::string service;
  Strength strength = Strength::Strong;
  bool is_external = false;
  friend bool operator==(const StatedDependency&, const StatedDependency&) = default;
};
// "strong", "weak external"
[[nodiscard]] std::string plain_text(const StatedDependency& dependency);
// The list of a service as it stands, with the node of each entry.
struct PlacedDependency {
  StatedDependency stated;
  TextIndex node;
};
[[nodiscard]] std::vector<PlacedDependency> stated_dependencies(const InventoryText& layout, TextIndex list);

// The order in which facts are best read: that of the keys of a service, and of the facts within them.
class FactOrder {
 public:
  // `facts` as inventory_facts() gives them; `keys`: all keys of a service.
  FactOrder(std::span<const std::string> keys, std::span<const std::string> facts);
  [[nodiscard]] std::size_t key(std::string_view fact) const noexcept;  // of its first part
  // Facts of one rank are ordered by name.
  using Rank = std::pair<std::size_t, std::size_t>;
  [[nodiscard]] Rank rank(std::string_view fact) const noexcept;

 private:
  std::unordered_map<std::string_view, std::size_t> keys_, facts_;
};

inline constexpr std::string_view kDependsOn = "depends_on";
// "depends_on.stock"
[[nodiscard]] inline std::string dependency_fact(std::string_view service) {
  return std::string(kDependsOn) + "." + std::string(service);
}

}  // namespace migplan
