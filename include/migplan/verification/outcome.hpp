#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace migplan {

// The two systems that a request was written to.
enum class Side : std::uint8_t { Old, New };
[[nodiscard]] constexpr std::string_view name_of(Side side) noexcept { return side == Side::Old ? "old" : "new"; }

// A field that is compared, and whether the order of a list in it counts.
struct ComparedField {
  std::string name;
  bool is_ordered = true;
};

// A field of a record as its dump wrote it.
struct OutcomeField {
  enum class Kind : std::uint8_t {
    Absent,  // or null
    Number,  // JSON's grammar
    Text,
    Boolean,
    Cell,       // of CSV: a number or a text, it does not say
    Structure,  // a list or map as JSON without blanks, keys sorted, items sorted where their order does not count
  };
  Kind kind = Kind::Absent;
  std::string_view text{};
};

// What one side wrote about one request. Its texts live as long as the call that takes it.
struct Outcome {
  std::string_view trace_id;
  std::optional<std::int64_t> time_ms{};     // since the epoch, UTC
  std::optional<std::int64_t> latency_us{};  // below 0 where a clock stepped back
  std::uint64_t line = 0;                    // of its source, from 1
  std::span<const OutcomeField> fields{};    // one for each compared field, in their order
};

}  // namespace migplan
