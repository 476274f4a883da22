#pragma once

#include <cstdint>
#include <limits>
#include <type_traits>

#include "migplan/base/assert.hpp"
#include "migplan/base/issue.hpp"

namespace migplan {

// A quantity that an inventory may state or leave out, with the place where it is stated. 16 bytes.
template <class Q>
class Fact {
 public:
  constexpr Fact() noexcept = default;
  constexpr explicit Fact(Q value, Position at = {}) noexcept
      : value_(value), line_(at.line), column_(narrow(at.column)), is_known_(true) {}

  [[nodiscard]] constexpr bool is_known() const noexcept { return is_known_; }
  [[nodiscard]] constexpr Q value() const noexcept {
    MIGPLAN_ASSERT(is_known_);
    return value_;
  }
  [[nodiscard]] constexpr Q value_or(Q other) const noexcept { return is_known_ ? value_ : other; }
  // Where it stands in the service's file; {0, 0} for a value made in memory.
  [[nodiscard]] constexpr Position at() const noexcept { return {line_, column_}; }

  // The same value, wherever stated.
  friend constexpr bool operator==(const Fact& a, const Fact& b) noexcept {
    return a.is_known_ == b.is_known_ && a.value_ == b.value_;
  }

 private:
  static constexpr std::uint16_t narrow(std::uint32_t column) noexcept {
    constexpr std::uint32_t kLimit = std::numeric_limits<std::uint16_t>::max();
    return column > kLimit ? std::uint16_t{0} : static_cast<std::uint16_t>(column);
  }

  Q value_{};
  std::uint32_t line_ = 0;
  std::uint16_t column_ = 0;
  bool is_known_ = false;
};

// A quantity that may be left out, without its place: for what is many and explained by no line. 4 bytes, or 8 where
// the range needs them.
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

}  // namespace migplan
