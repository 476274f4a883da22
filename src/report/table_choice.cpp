#include "table_choice.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace migplan {

Issues apply(const TableChoice& choice, Table& table) {
  Issues issues;
  if (!choice.filter.empty()) issues.append(table.filter(choice.filter));
  if (!choice.sort.empty()) issues.append(table.sort(choice.sort));
  if (choice.top) table.keep_first(*choice.top);
  if (!choice.columns.empty()) issues.append(table.choose_columns(choice.columns));
  return issues;
}

Result<std::vector<std::shared_ptr<Table>>> chosen_tables(std::vector<std::shared_ptr<Table>> tables,
                                                          const TableChoice& choice) {
  if (!choice.table.empty()) {
    std::vector<std::string> known;
    known.reserve(tables.size());
    for (const auto& table : tables) known.push_back(table->key());
    std::erase_if(tables, [&choice](const auto& table) { return table->key() != choice.table; });
    if (tables.empty()) {
      return Issue{Severity::Error,
                   "",
                   {},
                   "--table",
                   fmt::format("unknown table {}", in_quotes(choice.table)),
                   fmt::format("known: {}", fmt::join(known, ", "))};
    }
  }
  const bool chooses_rows = !choice.filter.empty() || !choice.sort.empty() || choice.top || !choice.columns.empty();
  if (chooses_rows) tables.resize(1);
  Issues issues = apply(choice, *tables.front());
  if (issues.has_errors()) return issues;
  return tables;
}

Value override_value(const Service& service) {
  const auto& tier_override = details_of(service).tier_override;
  if (!tier_override) return {};
  return Object{{"tier", tier_override->tier},
                {"reason", tier_override->reason},
                {"owner", tier_override->owner},
                {"expires", tier_override->expires.to_string()}};
}

Value exemption_value(const Exemption* exemption) {
  if (exemption == nullptr) return {};
  return Object{{"reason", std::string_view(exemption->reason)},
                {"owner", std::string_view(exemption->owner)},
                {"expires", exemption->expires.to_string()}};
}

Text scale_note(const Policy& policy) {
  if (policy.scoring().method == ScaleMethod::Reference) return {};
  return say("Scale {}: a service's score depends on which other services are in the inventory.",
             Text::word(name_of(policy.scoring().method)));
}

std::vector<Text> score_notes(const Scorecard& card, const char* consequence) {
  std::vector<Text> notes;
  const auto scores = card.scores();
  const auto incomplete = std::count_if(scores.begin(), scores.end(), [](const Score& s) { return !s.is_complete(); });
  if (incomplete != 0) notes.push_back(say("{} of {} services lack facts: {}", incomplete, scores.size(), consequence));
  if (Text note = scale_note(card.policy()); !note.empty()) notes.push_back(std::move(note));
  return notes;
}

Result<std::vector<bool>> chosen_tiers(const Policy& policy, std::span<const std::string> names) {
  std::vector<bool> chosen(policy.tiers().size(), names.empty());
  Issues issues;
  for (const std::string& name : names) {
    if (const auto tier = policy.find_tier(name)) {
      chosen[*tier] = true;
      continue;
    }
    std::vector<std::string_view> known;
    for (const Tier& tier : policy.tiers()) known.push_back(tier.name);
    issues.add({Severity::Error,
                "",
                {},
                "--tier",
                fmt::format("unknown tier {}", in_quotes(name)),
                fmt::format("known: {}", fmt::join(known, ", "))});
  }
  if (issues.has_errors()) return issues;
  return chosen;
}

Tone tone_of_tier(TierIndex tier) noexcept {
  constexpr Tone kTones[] = {Tone::Alert, Tone::Caution, Tone::Calm};
  return tier < std::size(kTones) ? kTones[tier] : Tone::Plain;
}

}  // namespace migplan
