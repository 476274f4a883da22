#pragma once

#include <cstdint>
#include <limits>
#include <type_traits>

#include "migplan/base/assert.hpp"
#include "migplan/base/issue.hpp"

namespace migplan {

// A quantity that an inventory may state or leave out. 4 bytes, or 8 where the range needs them.
template <class Q>
class Stated {
 public:
  constexpr Stated() noexcept = default;
  constexpr explicit Stated(Q value, Position = {}) noexcept : steps_(static_cast<Rep>(value.steps())) {}

  [[nodiscard]] constexpr bool is_known() const noexcept { return steps_ != kUnknown; }
  [[nodiscard]] constexpr Q value() const noexcept {
    MIGPLAN_ASSERT(is_known());
    return Q::from_steps(steps_);
  }
  [[nodiscard]] constexpr Q value_or(Q other) const noexcept { return is_known() ? Q::from_steps(steps_) : other; }

  friend constexpr bool operator==(const Stated&, const Stated&) noexcept = default;

 private:
  using Rep =
      std::conditional_t<(Q::max().steps() <= std::numeric_limits<std::int32_t>::max()), std::int32_t, std::int64_t>;
  static constexpr Rep kUnknown = std::numeric_limits<Rep>::min();
  Rep steps_ = kUnknown;
};

// A stated quantity with the place where it is stated. 12 bytes, or 16.
template <class Q>
class Fact {
 public:
  constexpr Fact() noexcept = default;
  constexpr explicit Fact(Q value, Position at = {}) noexcept
      : stated_(value), column_(narrow(at.column)), line_(at.line) {}

  [[nodiscard]] constexpr bool is_known() const noexcept { return stated_.is_known(); }
  [[nodiscard]] constexpr Q value() const noexcept { return stated_.value(); }
  [[nodiscard]] constexpr Q value_or(Q other) const noexcept { return stated_.value_or(other); }
  // Where it stands in the service's file; {0, 0} for a value made in memory.
  [[nodiscard]] constexpr Position at() const noexcept { return {line_, column_}; }

  // The same value, wherever stated.
  friend constexpr bool operator==(const Fact& a, const Fact& b) noexcept { return a.stated_ == b.stated_; }

 private:
  static constexpr std::uint16_t narrow(std::uint32_t column) noexcept {
    constexpr std::uint32_t kLimit = std::numeric_limits<std::uint16_t>::max();
    return column > kLimit ? std::uint16_t{0} : static_cast<std::uint16_t>(column);
  }

  Stated<Q> stated_;
  std::uint16_t column_ = 0;
  std::uint32_t line_ = 0;
};

}  // namespace migplan
