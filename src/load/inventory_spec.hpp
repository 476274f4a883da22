#pragma once

#include <array>
#include <span>
#include <vector>

#include "field_store.hpp"
#include "migplan/model/inventory.hpp"

namespace migplan {

template <>
struct fields::EnumNames<Kind> {
  static constexpr std::array<std::string_view, 3> kNames{"standard", "core", "long-tail"};
};

// A service while its fields are being read.
struct ServiceDraft {
  Service service;
  ServiceProfile profile;
  ServiceDetails details;
  bool has_details = false;
  std::vector<Dependency> depends_on;
  std::vector<std::string_view> stack;
  InventoryPart* part = nullptr;  // where it goes when it is complete

  void reset();
};

// A document of services: the root of YAML and JSON inventories.
struct InventoryDraft {
  ServiceDraft draft;  // one at a time
  Team team;
};

inline constexpr std::string_view kInventorySchema = "migplan/inventory/v1";
[[nodiscard]] const MapSpec& inventory_spec() noexcept;  // target: InventoryDraft
[[nodiscard]] const MapSpec& service_spec() noexcept;  // target: ServiceDraft; also a line of JSON Lines, a row of CSV

}  // namespace migplan
