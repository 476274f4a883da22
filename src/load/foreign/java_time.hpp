#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace migplan {

// Milliseconds since the epoch of a time as logs of the Java machine have it: "2022-08-16T20:38:09.926+0800", or as
// RFC 3339.
[[nodiscard]] std::optional<std::int64_t> parse_java_time(std::string_view text);

}  // namespace migplan
