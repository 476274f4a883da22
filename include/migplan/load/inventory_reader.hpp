#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "migplan/base/result.hpp"
#include "migplan/load/byte_source.hpp"
#include "migplan/model/inventory.hpp"

namespace migplan {

enum class InventoryFormat { Yaml, Json, JsonLines, Csv };

// By the ending of a file's name: .yaml .yml .json .jsonl .ndjson .csv; null for others.
[[nodiscard]] std::optional<InventoryFormat> inventory_format_of(std::string_view file_name) noexcept;

struct InventorySource {
  std::string name;  // as the user named it, for messages
  std::unique_ptr<ByteSource> bytes;
  std::optional<InventoryFormat> format;  // null = decided by the first bytes
};

// One inventory from all sources, in their order; every problem of every source is reported. Sources, and pieces of one
// large JSON Lines source, are read by up to `threads` threads; the result does not depend on their number.
// Memory: YAML and JSON Lines are streamed, JSON and CSV texts are held while they are read. Profiles that are left out
// are checked all the same.
[[nodiscard]] Result<Inventory> read_inventory(std::vector<InventorySource> sources, unsigned threads = 1,
                                               Profiles profiles = Profiles::Kept);

// Whether a text that begins so is a JSON Schema rather than data.
[[nodiscard]] bool is_json_schema(std::string_view beginning) noexcept;

// How much of a text is enough to find the format that it names.
inline constexpr std::size_t kSchemaWithin = 4096;
// The format that a text names in its `schema` key ("migplan/policy/v1"), looked for in its first lines; empty = none.
[[nodiscard]] std::string_view declared_schema(std::string_view beginning) noexcept;

}  // namespace migplan
