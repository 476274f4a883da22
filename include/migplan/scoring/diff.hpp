#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "migplan/model/exemption.hpp"
#include "migplan/scoring/scorecard.hpp"

namespace migplan {

// What became of a service, in the order in which a reader wants to know.
enum class Change : std::uint8_t {
  Moved,  // into another tier
  Added,
  Removed,
  Scored,  // another score, the same tier
};
inline constexpr std::size_t kChangeCount = 4;
[[nodiscard]] std::string_view name_of(Change change) noexcept;
// The check that a change of this kind fails; as exemptions name it.
[[nodiscard]] std::string_view check_of(Change change) noexcept;
[[nodiscard]] std::optional<Change> change_called(std::string_view name) noexcept;

struct ServiceChange {
  Change change;
  std::optional<ServiceIndex> before, after;  // in the old and in the new inventory
  std::optional<Verdict> verdict{};           // null = nobody objects to a change of this kind
  const Exemption* exemption = nullptr;       // of an Exempted one
};

struct Diff {
  std::vector<ServiceChange> changes;  // by kind, then the greatest difference of scores first, then by name
  std::size_t unchanged = 0;           // services with the same tier and score, or a difference below the least
  [[nodiscard]] std::size_t count(Change change) const noexcept;
  [[nodiscard]] std::size_t count(Verdict verdict) const noexcept;
};

// Why two policies allow no comparison of tiers: other names or another order. Empty = they can be compared. The names
// of the two sides are for the message.
[[nodiscard]] Issues comparability(const Policy& before, const Policy& after, std::string_view before_name,
                                   std::string_view after_name);

// What moved between two scorecards with comparable policies, services matched by name. A service of the same tier
// whose score differs by less than `least` counts as unchanged. Expected time n log n in what changed, else linear.
[[nodiscard]] Diff diff(const Scorecard& before, const Scorecard& after, Points least = {});

// Fails every change of a kind in `objections`, unless an exemption covers it.
void judge(Diff& diff, const Scorecard& before, const Scorecard& after, const std::vector<Change>& objections,
           ExemptionUse& exemptions);

[[nodiscard]] std::string_view name_of(const ServiceChange& change, const Scorecard& before, const Scorecard& after);
// New score minus old one; what is not there counts 0.
[[nodiscard]] Points difference(const ServiceChange& change, const Scorecard& before, const Scorecard& after);

}  // namespace migplan
