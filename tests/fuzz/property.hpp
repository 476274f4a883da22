#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "migplan/load/inventory_reader.hpp"

namespace migplan::fuzz {

// Ends the program, so that the fuzzer keeps the input.
inline void require(bool holds, const char* property, const std::string& found = {}) {
  if (holds) return;
  std::fprintf(stderr, "property broken: %s: %s\n", property, found.c_str());
  std::abort();
}

inline void require_complete(const Issues& issues) {
  for (const Issue& issue : issues.kept()) {
    require(!issue.file.empty(), "every issue names a file", to_string(issue));
    require(issue.cause == Cause::Access || !issue.message.empty(), "every issue has a message", to_string(issue));
  }
}

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

inline Result<Inventory> read_one(std::string_view text, InventoryFormat format, unsigned threads) {
  std::vector<InventorySource> sources;
  sources.push_back({"input", std::make_unique<TextSource>(text), format});
  return read_inventory(std::move(sources), threads);
}

inline int check_inventory(const std::uint8_t* data, std::size_t size, InventoryFormat format) {
  const Result<Inventory> inventory = read_one(text_of(data, size), format, 1);
  require(inventory.is_ok() != inventory.issues().has_errors(), "a result is a value or errors");
  require_complete(inventory.issues());
  return 0;
}

}  // namespace migplan::fuzz
