#pragma once

#include <memory>
#include <span>

#include "migplan/report/views.hpp"

namespace migplan {

// Filter, sort, top and columns of `choice`, in that order.
[[nodiscard]] Issues apply(const TableChoice& choice, Table& table);

// `names` of the policy's tiers as a filter on their index; unknown ones are reported.
[[nodiscard]] Result<std::vector<bool>> chosen_tiers(const Policy& policy, std::span<const std::string> names);

[[nodiscard]] Tone tone_of_tier(TierIndex tier) noexcept;

}  // namespace migplan
