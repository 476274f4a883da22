#include "migplan/scoring/diff.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string>
#include <tuple>

namespace migplan {
namespace {

struct ChangeInfo {
  std::string_view name;
  std::string_view check;
};
constexpr std::array<ChangeInfo, kChangeCount> kInfos{{
    {"moved", "tier-moved"},
    {"added", "service-added"},
    {"removed", "service-removed"},
    {"scored", "score-changed"},
}};

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

}  // namespace

std::string_view name_of(Change change) noexcept { return kInfos[static_cast<std::size_t>(change)].name; }
std::string_view check_of(Change change) noexcept { return kInfos[static_cast<std::size_t>(change)].check; }

std::optional<Change> change_called(std::string_view name) noexcept {
  const auto* const at =
      std::find_if(kInfos.begin(), kInfos.end(), [name](const ChangeInfo& info) { return info.name == name; });
  if (at == kInfos.end()) return std::nullopt;
  return static_cast<Change>(at - kInfos.begin());
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

Issues comparability(const Policy& before, const Policy& after) {
  Issues issues;
  const bool has_same_tiers =
      std::equal(before.tiers().begin(), before.tiers().end(), after.tiers().begin(), after.tiers().end(),
                 [](const Tier& a, const Tier& b) { return a.name == b.name; });
  if (!has_same_tiers) {
    issues.add({Severity::Error,
                "",
                {},
                "tiers",
                fmt::format("the old policy has the tiers {}, the new one {}: no move between them can be told",
                            tier_names(before), tier_names(after)),
                "compare under one policy, or give the tiers the same names"});
  }
  return issues;
}

Diff diff(const Scorecard& before, const Scorecard& after, Points least) {
  Diff result;
  for (ServiceIndex i = 0; i < before.inventory().size(); ++i) {
    const auto now = after.inventory().find(before.inventory()[i].name);
    if (!now) {
      result.changes.push_back({Change::Removed, i, std::nullopt});
    } else if (const auto change = change_between(before[i], after[*now], least)) {
      result.changes.push_back({*change, i, *now});
    } else {
      ++result.unchanged;
    }
  }
  for (ServiceIndex i = 0; i < after.inventory().size(); ++i) {
    if (!before.inventory().find(after.inventory()[i].name)) {
      result.changes.push_back({Change::Added, std::nullopt, i});
    }
  }
  std::sort(result.changes.begin(), result.changes.end(), [&](const ServiceChange& a, const ServiceChange& b) {
    const auto key = [&](const ServiceChange& c) {
      return std::tuple(c.change, -std::abs(difference(c, before, after).steps()), name_of(c, before, after));
    };
    return key(a) < key(b);
  });
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
