#pragma once

#include <string_view>

#include "counter_increase.hpp"
#include "migplan/model/metric_samples.hpp"

namespace migplan {

// Whether a metric is named BASE, a unit or none, and SUFFIX; dots and underscores are the same.
[[nodiscard]] bool is_metric(std::string_view name, std::string_view base, std::string_view suffix) noexcept;

// A count as a whole number, at most kMostCounted; and a sum that stays at the greatest when it would leave its range.
[[nodiscard]] std::uint64_t whole_count(double count) noexcept;
void add_count(std::uint64_t& sum, std::uint64_t count) noexcept;

// Remarks on how something was counted, for people.
[[nodiscard]] std::vector<std::string> notes_of(const CounterIncrease& increase, bool is_since_start);

}  // namespace migplan
