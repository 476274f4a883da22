#pragma once

#include <algorithm>
#include <cstdint>

// Four amounts in one word, 16 bits each. What is free carries a guard bit above every lane: one subtraction then
// tells of all four whether enough is left, as a lane that is too small takes its own guard and no other lane's bits.
namespace migplan::lanes {

inline constexpr unsigned kCount = 4;
inline constexpr std::uint64_t kGuards = 0x8000'8000'8000'8000;
// More than any capacity, so that no place is found for it; still below the guard.
inline constexpr std::int32_t kNever = 0x7FFF;

[[nodiscard]] constexpr std::uint64_t of(unsigned lane, std::int32_t amount) noexcept {
  return static_cast<std::uint64_t>(std::min(amount, kNever)) << (16U * lane);
}
[[nodiscard]] constexpr bool has_room(std::uint64_t free, std::uint64_t need) noexcept {
  return ((free - need) & kGuards) == kGuards;
}
[[nodiscard]] constexpr std::int32_t amount(std::uint64_t word, unsigned lane) noexcept {
  return static_cast<std::int32_t>((word >> (16U * lane)) & 0x7FFFU);
}

}  // namespace migplan::lanes
