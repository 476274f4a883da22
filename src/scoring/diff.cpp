#include "migplan/scoring/diff.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string>
#include <tuple>
#include <utility>

#include "migplan/model/check_rule.hpp"

namespace migplan {
namespace {

constexpr std::array<std::string_view, kChangeCount> kNames{"moved", "added", "removed", "scored"};

std::string tier_names(const Policy& policy) {
  std::vector<std::string_view> names;
  for (const Tier& tier : policy.tiers()) names.push_back(tier.name);
  return fmt::format("{}", fmt::join(names, ", "));
}

// Nothing where the two are the same, or nearly.
std::optional<Change> change_between(const Score& before, const Score& after, Points least) {
  if (before.tier != after.tier) return Change::Moved;
  const Points change = Points::from_steps(std::abs((after.total - before.total).steps()));
  if (change == Points{} || change < least) return std::nullopt;
  return Change::Scored;
}

// Finds services of one inventory in another. Two states of a landscape mostly have the same order, so the service
// behind the last one found is tried before the table of names.
class Matcher {
 public:
  explicit Matcher(const Inventory& inventory) : inventory_(inventory), is_met_(inventory.size(), false) {}

  std::optional<ServiceIndex> find(std::string_view name) {
    const bool is_next = next_ < inventory_.size() && inventory_[next_].name == name;
    const std::optional<ServiceIndex> found = is_next ? next_ : inventory_.find(name);
    if (!found) return std::nullopt;
    is_met_[*found] = true;
    next_ = *found + 1;
    return found;
  }
  [[nodiscard]] bool is_met(ServiceIndex i) const { return is_met_[i]; }

 private:
  const Inventory& inventory_;
  std::vector<bool> is_met_;
  ServiceIndex next_ = 0;
};

// By kind, then the greatest difference, then the name.
void sort_changes(std::vector<ServiceChange>& changes, const Scorecard& before, const Scorecard& after) {
  using Key = std::tuple<Change, std::int64_t, std::string_view, std::size_t>;
  std::vector<Key> keys;
  keys.reserve(changes.size());
  for (std::size_t i = 0; i < changes.size(); ++i) {
    const ServiceChange& change = changes[i];
    keys.emplace_back(change.change, -std::abs(difference(change, before, after).steps()),
                      name_of(change, before, after), i);
  }
  std::sort(keys.begin(), keys.end());
  std::vector<ServiceChange> sorted;
  sorted.reserve(changes.size());
  for (const Key& key : keys) sorted.push_back(changes[std::get<3>(key)]);
  changes = std::move(sorted);
}

}  // namespace

std::string_view name_of(Change change) noexcept { return kNames[static_cast<std::size_t>(change)]; }
std::string_view check_of(Change change) noexcept { return check_rules()[static_cast<std::size_t>(change)].check; }

std::optional<Change> change_called(std::string_view name) noexcept {
  const auto* const at = std::find(kNames.begin(), kNames.end(), name);
  if (at == kNames.end()) return std::nullopt;
  return static_cast<Change>(at - kNames.begin());
}

std::size_t Diff::count(Change change) const noexcept {
  return static_cast<std::size_t>(
      std::count_if(changes.begin(), changes.end(), [change](const ServiceChange& c) { return c.change == change; }));
}

std::size_t Diff::count(Verdict verdict) const noexcept {
  return static_cast<std::size_t>(std::count_if(changes.begin(), changes.end(),
                                                [verdict](const ServiceChange& c) { return c.verdict == verdict; }));
}

std::string_view name_of(const ServiceChange& change, const Scorecard& before, const Scorecard& after) {
  return change.after ? after.inventory()[*change.after].name : before.inventory()[*change.before].name;
}

Points difference(const ServiceChange& change, const Scorecard& before, const Scorecard& after) {
  return (change.after ? after[*change.after].total : Points{}) -
         (change.before ? before[*change.before].total : Points{});
}

Issues comparability(const Policy& before, const Policy& after, std::string_view before_name,
                     std::string_view after_name) {
  Issues issues;
  const bool has_same_tiers =
      std::equal(before.tiers().begin(), before.tiers().end(), after.tiers().begin(), after.tiers().end(),
                 [](const Tier& a, const Tier& b) { return a.name == b.name; });
  if (!has_same_tiers) {
    issues.add(
        {Severity::Error,
         "",
         {},
         "tiers",
         fmt::format("the old policy ({}) has the tiers {}, the new one ({}) {}: no move between them can be told",
                     before_name, tier_names(before), after_name, tier_names(after)),
         "compare under one policy, or give the tiers the same names"});
  }
  return issues;
}

Diff diff(const Scorecard& before, const Scorecard& after, Points least) {
  Diff result;
  Matcher now(after.inventory());
  for (ServiceIndex i = 0; i < before.inventory().size(); ++i) {
    const auto match = now.find(before.inventory()[i].name);
    if (!match) {
      result.changes.push_back({Change::Removed, i, std::nullopt});
    } else if (const auto change = change_between(before[i], after[*match], least)) {
      result.changes.push_back({*change, i, *match});
    } else {
      ++result.unchanged;
    }
  }
  for (ServiceIndex i = 0; i < after.inventory().size(); ++i) {
    if (!now.is_met(i)) result.changes.push_back({Change::Added, std::nullopt, i});
  }
  sort_changes(result.changes, before, after);
  return result;
}

void judge(Diff& diff, const Scorecard& before, const Scorecard& after, const std::vector<Change>& objections,
           ExemptionUse& exemptions) {
  for (ServiceChange& change : diff.changes) {
    if (std::find(objections.begin(), objections.end(), change.change) == objections.end()) continue;
    change.exemption = exemptions.claim(check_of(change.change), name_of(change, before, after));
    change.verdict = change.exemption != nullptr ? Verdict::Exempted : Verdict::Fail;
  }
}

}  // namespace migplan
