#pragma once

#include <optional>
#include <string_view>

#include "migplan/base/quantity.hpp"

namespace migplan {

// A size as the Java machine and Linux print it, in units of 1024: "51389K", "24.0M", "24,5M", "1710336KB", "99208 kB",
// "12B"; without a unit it is bytes. A part of a byte is rounded half up.
enum class SizeUnit : std::uint8_t { Optional, Required };

// Takes a size off the front of the text; nullopt, and the text as it was, where none stands there or it is out of
// range.
[[nodiscard]] std::optional<Bytes> take_size(std::string_view& text, SizeUnit unit = SizeUnit::Optional) noexcept;

// How much a heap held before and after something, and what it could hold: "51M->12M(256M)", "130M(51%)->34M(13%)".
struct SizeChange {
  Bytes before, after;
};
// Takes it off the front of the text.
[[nodiscard]] std::optional<SizeChange> take_size_change(std::string_view& text) noexcept;

}  // namespace migplan
