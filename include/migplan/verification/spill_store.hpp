#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace migplan {

// Where rows go that do not fit the memory. Several threads call it at once.
class SpillStore {
 public:
  SpillStore() = default;
  SpillStore(const SpillStore&) = delete;
  SpillStore& operator=(const SpillStore&) = delete;
  virtual ~SpillStore() = default;

  // Keeps the bytes and returns where; nullopt where they could not be kept.
  [[nodiscard]] virtual std::optional<std::uint64_t> write(std::string_view bytes) = 0;
  // Fills `out` with what was kept from there on; false where that failed.
  [[nodiscard]] virtual bool read(std::uint64_t from, std::span<char> out) = 0;
};

}  // namespace migplan
