#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "migplan/base/date.hpp"
#include "migplan/base/quantity.hpp"
#include "migplan/base/result.hpp"
#include "migplan/model/import_policy.hpp"
#include "migplan/model/playbook_policy.hpp"
#include "migplan/model/schedule_policy.hpp"
#include "migplan/model/verification_policy.hpp"

namespace migplan {

enum class Dimension : std::uint8_t { Impact, Debt, Topology };
inline constexpr std::array kDimensions{Dimension::Impact, Dimension::Debt, Dimension::Topology};
[[nodiscard]] std::string_view name_of(Dimension dimension) noexcept;

// One value a dimension, indexed by the dimension itself.
template <class T>
struct PerDimension {
  std::array<T, kDimensions.size()> values{};
  [[nodiscard]] constexpr T& operator[](Dimension d) noexcept { return values[static_cast<std::size_t>(d)]; }
  [[nodiscard]] constexpr const T& operator[](Dimension d) const noexcept {
    return values[static_cast<std::size_t>(d)];
  }
  friend constexpr bool operator==(const PerDimension&, const PerDimension&) noexcept = default;
};

enum class ScaleMethod : std::uint8_t {
  Reference,   // value / full scale: a service's score depends on no other service
  MinMax,      // between the least and the greatest value of the inventory
  Percentile,  // rank in the inventory
};
enum class Curve : std::uint8_t { Linear, Log };
[[nodiscard]] std::string_view name_of(ScaleMethod method) noexcept;
[[nodiscard]] std::string_view name_of(Curve curve) noexcept;

struct ScoringPolicy {
  PerDimension<Weight> weights;
  ScaleMethod method = ScaleMethod::Reference;
  PerDimension<RawValue> full;  // the raw value that counts as 100
  PerDimension<Curve> curve;
  DebtDays vulnerability_days;  // debt of one high-risk vulnerability
  Percent sla_target;
  friend bool operator==(const ScoringPolicy&, const ScoringPolicy&) noexcept = default;
};

inline constexpr std::string_view kDefaultRoute = "direct";

struct Tier {
  std::string name;
  Points min_score;
  std::string action;
  std::optional<Date> not_before;
  std::string route;  // of SchedulePolicy::routes; empty = kDefaultRoute
};

enum class Band : std::uint8_t { Low, Middle, High };
inline constexpr std::array kBands{Band::Low, Band::Middle, Band::High};
[[nodiscard]] std::string_view name_of(Band band) noexcept;

template <class T>
struct PerBand {
  std::array<T, kBands.size()> values{};
  [[nodiscard]] constexpr T& operator[](Band b) noexcept { return values[static_cast<std::size_t>(b)]; }
  [[nodiscard]] constexpr const T& operator[](Band b) const noexcept { return values[static_cast<std::size_t>(b)]; }
};

// models.md section 3.
struct QuadrantPolicy {
  Count full_core_flow_calls, full_data_interfaces, full_cve_count, full_jdk_generations;
  std::vector<Count> long_term_releases;  // JDK feature releases, ascending
  Grade low_up_to, high_from;
  Weight coupling_weight, obsolescence_weight;
  PerBand<PerBand<std::string>> dispositions;  // by coupling, then obsolescence
};

struct PolicyValues {
  ScoringPolicy scoring;
  std::vector<Tier> tiers;  // highest first
  QuadrantPolicy quadrant;
  SchedulePolicy schedule;
  GatePolicy gate;
  ReconcilePolicy reconcile;
  CanaryPolicy canary;
  SunsetPolicy sunset;
  SloPolicy slo;
  LintPolicy lint;
  PlaybookPolicy playbook;
  ImportPolicy imports;
};

using TierIndex = std::uint8_t;

// Checked rules of a programme: weights sum to more than 0, full scales are above 0, tiers have distinct names and
// falling limits with the last at 0, bands are in order, the schedule does not contradict itself. Immutable.
class Policy {
 public:
  // Issues carry the path inside the policy; whoever read the file adds the place.
  [[nodiscard]] static Result<Policy> create(PolicyValues values);

  [[nodiscard]] const ScoringPolicy& scoring() const noexcept { return values_.scoring; }
  [[nodiscard]] std::span<const Tier> tiers() const noexcept { return values_.tiers; }
  [[nodiscard]] const QuadrantPolicy& quadrant() const noexcept { return values_.quadrant; }
  [[nodiscard]] const SchedulePolicy& schedule() const noexcept { return values_.schedule; }
  [[nodiscard]] const GatePolicy& gate() const noexcept { return values_.gate; }
  [[nodiscard]] const ReconcilePolicy& reconcile() const noexcept { return values_.reconcile; }
  [[nodiscard]] const CanaryPolicy& canary() const noexcept { return values_.canary; }
  [[nodiscard]] const SunsetPolicy& sunset() const noexcept { return values_.sunset; }
  [[nodiscard]] const SloPolicy& slo() const noexcept { return values_.slo; }
  [[nodiscard]] const LintPolicy& lint() const noexcept { return values_.lint; }
  [[nodiscard]] const PlaybookPolicy& playbook() const noexcept { return values_.playbook; }
  [[nodiscard]] const ImportPolicy& imports() const noexcept { return values_.imports; }
  [[nodiscard]] const PolicyValues& values() const noexcept { return values_; }
  // The tier that a score falls in.
  [[nodiscard]] TierIndex tier_of(Points score) const noexcept;
  [[nodiscard]] std::optional<TierIndex> find_tier(std::string_view name) const noexcept;

 private:
  explicit Policy(PolicyValues values) : values_(std::move(values)) {}
  PolicyValues values_;
};

}  // namespace migplan
