#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace migplan {

using ServiceIndex = std::uint32_t;

// Finds services by name: open addressing, half full at most. Keeps views of the names, not the names.
class NameIndex {
 public:
  // Two services of one name: the first one keeps it.
  struct Clash {
    ServiceIndex first, second;
  };
  // Takes the names of services 0, 1, …; returns the clashes in order. Call it once.
  std::vector<Clash> assign(std::vector<std::string_view> names);

  // In expected constant time.
  [[nodiscard]] std::optional<ServiceIndex> find(std::string_view name) const noexcept;
  // The same for many at a time, kNone where there is none: a table larger than the caches makes each look-up wait for
  // memory, and together they wait at once. `found` has room for one each.
  static constexpr ServiceIndex kNone = 0xFFFF'FFFF;
  static constexpr std::size_t kGroup = 16;  // at most this many
  void find(std::span<const std::string_view> names, ServiceIndex* found) const noexcept;

  [[nodiscard]] std::span<const std::string_view> names() const noexcept { return names_; }

 private:
  struct Slot {
    std::uint32_t tag = 0;       // the upper half of the name's hash
    ServiceIndex index = kNone;  // kNone = free
  };

  [[nodiscard]] std::size_t first_slot(std::uint64_t hash) const noexcept { return hash & (slots_.size() - 1); }
  [[nodiscard]] std::size_t slot_of(std::uint64_t hash, std::string_view name) const noexcept;
  [[nodiscard]] ServiceIndex probable(std::uint64_t hash) const noexcept;

  std::vector<std::string_view> names_;
  std::vector<Slot> slots_;
};

}  // namespace migplan
