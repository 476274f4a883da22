#include "migplan/verification/lint.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <span>
#include <tuple>

#include "lint_rules.hpp"

namespace migplan {
namespace {

std::size_t number_of_rule(std::string_view rule) noexcept {
  const auto* const found = std::find(kLintRules.begin(), kLintRules.end(), rule);
  return static_cast<std::size_t>(found - kLintRules.begin());
}

// What a rule looks at, in whichever overlay.
using Owner = std::tuple<std::string_view, std::uint32_t, std::uint32_t, std::string_view, std::string_view>;
Owner owner_of(const LintRows& rows, std::size_t i) {
  const EvidencePlace& owner = *rows.origins[i].owner;
  return {owner.file, owner.at.line, owner.at.column, rows.said.details[i].object, rows.said.checks[i].rule};
}

using Place = std::tuple<std::string_view, std::uint32_t, std::uint32_t, std::size_t, std::string_view>;
Place place_of(const LintRows& rows, std::size_t i) {
  const Check& check = rows.said.checks[i];
  return {check.source.file, check.source.at.line, check.source.at.column, number_of_rule(check.rule),
          rows.said.details[i].object};
}

// Failures of one place say the same where their words do.
using Words = std::pair<std::string, std::string_view>;
Words words_of(const LintRows& rows, std::size_t i) {
  return {rows.said.checks[i].message.english(), rows.said.details[i].evidence};
}

bool is_pass(const LintRows& rows, std::size_t i) { return rows.said.checks[i].verdict == Verdict::Pass; }

using Overlays = std::set<std::string_view>;

// Of what failed somewhere, the overlays that judge it.
std::map<Owner, Overlays> judged_of_failed(const LintRows& rows) {
  std::map<Owner, Overlays> judged;
  for (std::size_t i = 0; i < rows.origins.size(); ++i) {
    if (!is_pass(rows, i)) judged.try_emplace(owner_of(rows, i));
  }
  for (std::size_t i = 0; i < rows.origins.size(); ++i) {
    const auto found = judged.find(owner_of(rows, i));
    if (found != judged.end()) found->second.insert(rows.origins[i].overlay);
  }
  return judged;
}

// Numbers of rows by their places, without the passes of what failed elsewhere.
std::vector<std::size_t> by_place(const LintRows& rows, const std::map<Owner, Overlays>& judged,
                                  const std::vector<Place>& places) {
  std::vector<std::size_t> order;
  order.reserve(places.size());
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (!is_pass(rows, i) || !judged.contains(owner_of(rows, i))) order.push_back(i);
  }
  std::sort(order.begin(), order.end(),
            [&places](std::size_t a, std::size_t b) { return std::tie(places[a], a) < std::tie(places[b], b); });
  return order;
}

// Of rows at one place those that say different things, each with the overlays in which it is true where it is not true
// in all that judge its object.
void say_once(LintRows& rows, std::span<const std::size_t> same_place, const std::map<Owner, Overlays>& judged,
              std::vector<std::size_t>& said) {
  std::map<Words, std::pair<std::size_t, Overlays>> by_words;
  for (const std::size_t i : same_place) {
    by_words.try_emplace(words_of(rows, i), i, Overlays()).first->second.second.insert(rows.origins[i].overlay);
  }
  for (auto& [words, row] : by_words) {
    auto& [first, here] = row;
    said.push_back(first);
    if (is_pass(rows, first) || here.size() == judged.at(owner_of(rows, first)).size()) continue;
    rows.said.checks[first].message += say(" (in {})", fmt::format("{}", fmt::join(here, ", ")));
  }
}

// Those with these numbers, in their order. In the memory that they have: they may be very many.
template <class T>
void pick(std::vector<T>& all, std::vector<std::size_t> numbers) {
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    // What stood in front has been swapped away, perhaps more than once.
    while (numbers[i] < i) numbers[i] = numbers[numbers[i]];
    if (numbers[i] != i) std::swap(all[i], all[numbers[i]]);
  }
  all.resize(numbers.size());
}

// With room for what the rules say where nothing is amiss: rows that have to move touch twice the memory.
LintRows empty_rows(const LintInput& input) {
  std::size_t usual = 0;
  for (const ManifestSet& set : input.sets) {
    usual += set.config_maps.size() + 3 * set.workloads.size() + 2 * set.entrances.size() + set.roles.size();
  }
  LintRows rows;
  rows.said.checks.reserve(usual);
  rows.said.details.reserve(usual);
  rows.origins.reserve(usual);
  return rows;
}

LintChecks merged(LintRows rows) {
  const std::map<Owner, Overlays> judged = judged_of_failed(rows);
  std::vector<Place> places;
  places.reserve(rows.origins.size());
  for (std::size_t i = 0; i < rows.origins.size(); ++i) places.push_back(place_of(rows, i));
  const std::vector<std::size_t> order = by_place(rows, judged, places);
  std::vector<std::size_t> said;
  said.reserve(order.size());
  for (auto first = order.begin(); first != order.end();) {
    const auto end =
        std::find_if(first, order.end(), [&](std::size_t other) { return places[other] != places[*first]; });
    if (end - first == 1 && is_pass(rows, *first)) {
      said.push_back(*first);
    } else {
      say_once(rows, {first, end}, judged, said);
    }
    first = end;
  }
  pick(rows.said.checks, said);
  pick(rows.said.details, said);
  return std::move(rows.said);
}

}  // namespace

void LintCounts::add(const LintCounts& other) noexcept {
  files += other.files;
  documents += other.documents;
  objects += other.objects;
  templates += other.templates;
  others += other.others;
  broken += other.broken;
}

LintChecks lint_checks(const LintInput& input, const LintPolicy& policy) {
  LintRows rows = empty_rows(input);
  const bool is_audited = std::any_of(input.sets.begin(), input.sets.end(), audits_debugging);
  for (const ManifestSet& set : input.sets) {
    const std::size_t before = rows.origins.size();
    lint_passwords(set, rows);
    lint_processes(set, policy, rows);
    lint_exec(set, is_audited, rows);
    lint_budgets(set, policy, input, rows);
    lint_entrances(set, rows);
    for (std::size_t i = before; i < rows.origins.size(); ++i) rows.origins[i].overlay = set.overlay;
  }
  for (const HelmChart& chart : input.charts) {
    lint_passwords(chart, rows);
    lint_values(chart, policy, rows);
  }
  for (const LoggingConfig& config : input.logging) lint_logs(config, policy, rows);
  return merged(std::move(rows));
}

}  // namespace migplan
