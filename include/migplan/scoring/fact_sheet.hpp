#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "migplan/model/inventory.hpp"
#include "migplan/model/policy.hpp"

namespace migplan {

// The facts that feed a score.
enum class FactId : std::uint8_t {
  PeakOrders,
  Sla30d,
  SlaTarget,
  SonarDebt,
  Vulnerabilities,
  UpstreamChain,
  DownstreamStrong,
};
inline constexpr std::size_t kFactCount = 7;

struct FactInfo {
  FactId id;
  std::string_view path;  // as in the inventory: impact.sla_30d
  std::string_view unit;
  Dimension dimension;
  int decimals;             // of its steps
  std::int64_t max;         // in steps; the least is 0
  std::int64_t resolution;  // the change that `flips` are searched in, in steps
  bool raises_score;        // else a greater value lowers it
};
[[nodiscard]] const std::array<FactInfo, kFactCount>& fact_infos() noexcept;
[[nodiscard]] const FactInfo& info_of(FactId id) noexcept;

enum class FactOrigin : std::uint8_t { Missing, Stated, Derived, Policy };

// The facts of one service that feed its score, in steps of each fact's own quantity; what-if copies by `with`.
class FactSheet {
 public:
  struct Entry {
    std::int64_t steps = 0;
    FactOrigin origin = FactOrigin::Missing;
    [[nodiscard]] bool is_known() const noexcept { return origin != FactOrigin::Missing; }
    friend bool operator==(const Entry&, const Entry&) noexcept = default;
  };
  [[nodiscard]] const Entry& operator[](FactId id) const noexcept { return entries_[static_cast<std::size_t>(id)]; }
  void set(FactId id, std::int64_t steps, FactOrigin origin) noexcept {
    entries_[static_cast<std::size_t>(id)] = {steps, origin};
  }
  [[nodiscard]] FactSheet with(FactId id, const Entry& entry) const noexcept {
    FactSheet copy = *this;
    copy.entries_[static_cast<std::size_t>(id)] = entry;
    return copy;
  }

 private:
  std::array<Entry, kFactCount> entries_{};
};

// Where the service's file states the fact, or begins the list that it is derived from; {0, 0} where it does not.
[[nodiscard]] Position position_of(const Service& service, FactId id) noexcept;

// What the dependency graph says of a service; models.md section 1.
struct DerivedTopology {
  std::optional<Count> upstream_chain_length;           // unknown: no dependency list and no caller
  std::optional<Count> downstream_strong_dependencies;  // unknown: no dependency list
};
// Per service. Linear in services and dependencies.
[[nodiscard]] std::vector<DerivedTopology> derive_topology(const Inventory& inventory);

// `derived` may be null where the service states both numbers.
[[nodiscard]] FactSheet fact_sheet(const Service& service, const DerivedTopology* derived, const ScoringPolicy& policy);

// impact: orders/s x percentage points below the target; debt: days; topology: services. Null when a fact is missing.
[[nodiscard]] std::optional<RawValue> raw_value(const FactSheet& sheet, Dimension dimension,
                                                const ScoringPolicy& policy);

}  // namespace migplan
