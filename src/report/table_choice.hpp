#pragma once

#include <memory>
#include <span>
#include <vector>

#include "migplan/report/views.hpp"

namespace migplan {

// Filter, sort, top and columns of `choice`, in that order.
[[nodiscard]] Issues apply(const TableChoice& choice, Table& table);

// The chosen one of several tables, or all of them where nothing is chosen. Who chooses rows or columns without a table
// means the first one.
[[nodiscard]] Result<std::vector<std::shared_ptr<Table>>> chosen_tables(std::vector<std::shared_ptr<Table>> tables,
                                                                        const TableChoice& choice);

// The tier that a person wants, with reason, owner and last day; null where nobody does.
[[nodiscard]] Value override_value(const Service& service);

// Reason, owner and last day; null where nothing is exempted.
[[nodiscard]] Value exemption_value(const Exemption* exemption);

// "Scale percentile: …" where scores depend on the other services; empty for the reference scale.
[[nodiscard]] Text scale_note(const Policy& policy);

// What is said below scores: "3 of 137 services lack facts: …", the end of the sentence being `consequence`, where some
// do; and of the scale.
[[nodiscard]] std::vector<Text> score_notes(const Scorecard& card, const char* consequence);

// `names` of the policy's tiers as a filter on their index; unknown ones are reported.
[[nodiscard]] Result<std::vector<bool>> chosen_tiers(const Policy& policy, std::span<const std::string> names);

[[nodiscard]] Tone tone_of_tier(TierIndex tier) noexcept;

}  // namespace migplan
