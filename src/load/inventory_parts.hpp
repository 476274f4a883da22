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

// One function a format; `file` is the source's place in Inventory::files().
[[nodiscard]] ReadParts read_yaml_inventory(ByteSource& source, std::string_view name, std::uint32_t file);
[[nodiscard]] ReadParts read_json_inventory(ByteSource& source, std::string_view name, std::uint32_t file);
[[nodiscard]] ReadParts read_jsonl_inventory(ByteSource& source, std::string_view name, std::uint32_t file,
                                             unsigned threads);
[[nodiscard]] ReadParts read_csv_inventory(ByteSource& source, std::string_view name, std::uint32_t file);

}  // namespace migplan
