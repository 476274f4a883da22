#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "migplan/base/decimal.hpp"
#include "migplan/base/quantity.hpp"
#include "migplan/base/result.hpp"
#include "migplan/model/evidence.hpp"
#include "migplan/verification/check.hpp"

namespace migplan {

enum class Better : std::uint8_t { Lower, Higher };
[[nodiscard]] std::string_view name_of(Better better) noexcept;

// A figure that a migration is to move.
struct Indicator {
  std::string name, unit;  // "min"; empty = a plain number
  Better better = Better::Lower;
  RawValue value;  // in `unit`
  EvidencePlace place;
};
[[nodiscard]] std::string to_string(const Indicator& indicator);  // "42 min"

enum class Movement : std::uint8_t { Improved, Worsened, Unchanged, Unknown /* a side does not have it */ };

struct IndicatorChange {
  std::optional<Indicator> before, after;  // one of them at least
  Movement movement = Movement::Unknown;
  // (after - before) / before in percent, in tenths, rounded half up; nullopt where before is 0, or it is above 10^15.
  std::optional<Number> percent{};
  // Both in one unit; nullopt where they are too large for that.
  std::optional<Number> before_in_unit{}, after_in_unit{};
  std::string unit{};
  [[nodiscard]] const Indicator& any() const noexcept { return before ? *before : *after; }
};

// The same indicators of both sides, in the order of `before`, then those that only `after` has. Units of time, of
// memory and of shares are converted, exactly; others must be the same text. Errors: an indicator that stands on a side
// twice, units that do not go together, another word on what is better. O(n log n).
[[nodiscard]] Result<std::vector<IndicatorChange>> indicator_changes(std::vector<Indicator> before,
                                                                     std::vector<Indicator> after);

inline constexpr std::array<std::string_view, 1> kOutcomeRules{"outcome-better"};

// outcome-better: an indicator is no worse than before; where a side does not have it, that is open. The changes must
// outlive the checks. models.md section 9.
[[nodiscard]] std::vector<Check> outcome_checks(std::span<const IndicatorChange> changes, std::string_view service);

}  // namespace migplan
