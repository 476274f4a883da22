#pragma once

#include <span>
#include <vector>

#include "field_spec.hpp"
#include "migplan/model/inventory.hpp"

namespace migplan {

// A service while its fields are being read.
struct ServiceDraft {
  Service service;
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
