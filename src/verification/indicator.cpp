#include "migplan/verification/indicator.hpp"

#include <fmt/format.h>

#include <limits>
#include <map>
#include <utility>

#include "indicator_units.hpp"

namespace migplan {
namespace {

constexpr Int128 kTenthsOfPercent = 1000;
constexpr Int128 kGreatestChange = 10'000'000'000'000'000;  // tenths of a percent

// How both sides are written in one unit: value times factor.
struct SharedUnit {
  std::int64_t before = 1, after = 1;
  std::string_view name;
};

// The finer unit of the two, or the smallest of their kind where neither is a multiple of the other (kB and KiB).
std::optional<SharedUnit> shared_unit(const Indicator& before, const Indicator& after) {
  if (before.unit == after.unit) return SharedUnit{1, 1, before.unit};
  const auto older = convertible_unit(before.unit), newer = convertible_unit(after.unit);
  if (!older || !newer || older->kind != newer->kind) return std::nullopt;
  if (older->factor % newer->factor == 0) return SharedUnit{older->factor / newer->factor, 1, after.unit};
  if (newer->factor % older->factor == 0) return SharedUnit{1, newer->factor / older->factor, before.unit};
  return SharedUnit{older->factor, newer->factor, "B"};
}

std::optional<Number> number(Int128 steps) {
  if (steps > std::numeric_limits<std::int64_t>::max()) return std::nullopt;
  return Number{static_cast<std::int64_t>(steps), RawValue::kDecimals};
}

// Values have up to 10^18 steps, factors up to 10^14: in tenths of a percent that is 10^35 of the 10^38 there are.
std::optional<Number> percent_of(Int128 before, Int128 after) {
  if (before == 0) return std::nullopt;
  const Int128 growth = (after - before) * kTenthsOfPercent;
  if (growth / before > kGreatestChange) return std::nullopt;
  return Number{divide_half_up(growth, before), 1};
}

Movement movement_of(Int128 before, Int128 after, Better better) noexcept {
  if (before == after) return Movement::Unchanged;
  return (after < before) == (better == Better::Lower) ? Movement::Improved : Movement::Worsened;
}

Issue issue_of(const Indicator& indicator, std::string message) {
  return {Severity::Error, indicator.place.file, indicator.place.at, indicator.place.field, std::move(message), ""};
}

void compare(IndicatorChange& change, Issues& issues) {
  const Indicator &before = *change.before, &after = *change.after;
  if (before.better != after.better) {
    issues.add(issue_of(after, fmt::format("of {} {} is better here, and {} at {}", in_quotes(after.name),
                                           name_of(after.better), name_of(before.better), to_string(before.place))));
  }
  const auto unit = shared_unit(before, after);
  if (!unit) {
    issues.add(issue_of(after, fmt::format("{} is in {} here, and in {} at {}", in_quotes(after.name),
                                           in_quotes(after.unit), in_quotes(before.unit), to_string(before.place))));
    return;
  }
  const Int128 older = Int128{before.value.steps()} * unit->before, newer = Int128{after.value.steps()} * unit->after;
  change.movement = movement_of(older, newer, after.better);
  change.percent = percent_of(older, newer);
  change.before_in_unit = number(older);
  change.after_in_unit = number(newer);
  change.unit = unit->name;
}

using Places = std::map<std::string, std::size_t, std::less<>>;

// The place of each name; those that stand there twice are errors.
Places places_of(const std::vector<Indicator>& indicators, Issues& issues) {
  Places places;
  for (std::size_t i = 0; i < indicators.size(); ++i) {
    const auto [first, is_new] = places.emplace(indicators[i].name, i);
    if (is_new) continue;
    issues.add(issue_of(indicators[i], fmt::format("{} stands here twice, first at {}", in_quotes(indicators[i].name),
                                                   to_string(indicators[first->second].place))));
  }
  return places;
}

Text message_of(const IndicatorChange& change) {
  const Indicator& any = change.any();
  if (!change.before) return say("{}: nothing says what it was before", any.name);
  if (!change.after) return say("{}: nothing says what it is after", any.name);
  Text message = say("{}: {} before, {} after", any.name, to_string(*change.before), to_string(*change.after));
  if (change.percent) {
    message += say(", {} %", fixed(change.percent->steps, change.percent->decimals));
  } else if (change.movement != Movement::Unchanged) {
    message += change.before->value == RawValue{} ? ", no per cent of 0" : ", a change beyond all per cent";
  }
  message += change.movement == Movement::Unchanged ? Text(": unchanged")
             : any.better == Better::Lower          ? Text("; lower is better")
                                                    : Text("; higher is better");
  return message;
}

Verdict verdict_of(Movement movement) noexcept {
  switch (movement) {
    case Movement::Improved:
    case Movement::Unchanged: return Verdict::Pass;
    case Movement::Worsened: return Verdict::Fail;
    case Movement::Unknown: break;
  }
  return Verdict::Inconclusive;
}

}  // namespace

std::string_view name_of(Better better) noexcept { return better == Better::Lower ? "lower" : "higher"; }

std::string to_string(const Indicator& indicator) {
  return fmt::format("{}{}{}", trimmed(indicator.value), indicator.unit.empty() ? "" : " ", indicator.unit);
}

Result<std::vector<IndicatorChange>> indicator_changes(std::vector<Indicator> before, std::vector<Indicator> after) {
  Issues issues;
  static_cast<void>(places_of(before, issues));
  Places newer = places_of(after, issues);
  std::vector<IndicatorChange> changes;
  for (Indicator& indicator : before) {
    IndicatorChange& change = changes.emplace_back();
    const auto found = newer.find(indicator.name);
    change.before = std::move(indicator);
    if (found == newer.end()) continue;
    change.after = std::move(after[found->second]);
    newer.erase(found);
    compare(change, issues);
  }
  std::vector<bool> is_left(after.size(), false);
  for (const auto& [name, place] : newer) is_left[place] = true;
  for (std::size_t i = 0; i < after.size(); ++i) {
    if (is_left[i]) changes.emplace_back().after = std::move(after[i]);
  }
  if (issues.has_errors()) return issues;
  return changes;
}

std::vector<Check> outcome_checks(std::span<const IndicatorChange> changes, std::string_view service) {
  std::vector<Check> checks;
  for (const IndicatorChange& change : changes) {
    Check& check = checks.emplace_back();
    check.service = service;
    check.rule = kOutcomeRules.front();
    check.verdict = verdict_of(change.movement);
    check.observed = change.after_in_unit;
    check.limit = change.before_in_unit;
    check.unit = change.unit;
    check.source = change.after ? change.after->place : change.before->place;
    check.message = message_of(change);
  }
  return checks;
}

}  // namespace migplan
