#pragma once

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "migplan/base/issue.hpp"
#include "migplan/load/byte_source.hpp"
#include "migplan/model/inventory.hpp"

namespace migplan {

// What one source holds: services, not yet checked against each other, and the problems met.
struct ReadParts {
  std::vector<InventoryPart> parts;
  std::vector<InventoryRun> runs;
  Issues issues;

  // A source that fills one part from front to back.
  void add(InventoryPart part) {
    runs.push_back({parts.size(), 0, part.size()});
    parts.push_back(std::move(part));
  }
};

struct PartOptions {
  std::uint32_t file = 0;  // the source's place in Inventory::files()
  Profiles profiles = Profiles::Kept;
};

// One function a format.
[[nodiscard]] ReadParts read_yaml_inventory(ByteSource& source, std::string_view name, const PartOptions& options);
[[nodiscard]] ReadParts read_json_inventory(ByteSource& source, std::string_view name, const PartOptions& options);
[[nodiscard]] ReadParts read_jsonl_inventory(ByteSource& source, std::string_view name, const PartOptions& options,
                                             unsigned threads);
[[nodiscard]] ReadParts read_csv_inventory(ByteSource& source, std::string_view name, const PartOptions& options);

}  // namespace migplan
