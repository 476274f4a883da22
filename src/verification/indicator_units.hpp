#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace migplan {

// A unit that can be converted: so many of the smallest one of its kind.
struct ConvertibleUnit {
  enum class Kind : std::uint8_t { Time, Memory, Part };
  Kind kind;
  std::int64_t factor;
  std::string_view name;  // of the row that the text belongs to
};

// nullopt: a unit of its own, equal to itself only.
[[nodiscard]] std::optional<ConvertibleUnit> convertible_unit(std::string_view text) noexcept;

}  // namespace migplan
