#pragma once

#include <optional>
#include <vector>

#include "migplan/scoring/explanation.hpp"
#include "migplan/scoring/tier_draws.hpp"
#include "migplan/scoring/weight_interval.hpp"

namespace migplan {

enum class Firmness : std::uint8_t {
  Firm,       // the service is in its tier in at least kFirmFrom of the draws
  OnWeight,   // else: a change of one weight that is the least unlikely one takes it out of its tier
  OnFact,     // or the change of one fact
  OnSeveral,  // no single change does it
};
[[nodiscard]] std::string_view name_of(Firmness firmness) noexcept;
inline constexpr Share kFirmFrom = Share::from_steps(950'000);

// How firm the tier of one service is.
struct ServiceSensitivity {
  PerDimension<WeightInterval> weights;
  Firmness firmness = Firmness::Firm;
  // What the tier hangs on where it is not firm, and how many standard deviations of the draws away the change is.
  std::optional<Dimension> weight;
  std::optional<FactId> fact;
  std::optional<double> distance;
};

struct Sensitivity {
  DrawOptions options;
  TierDraws draws;
  std::vector<ServiceSensitivity> services;  // by service
};

// models.md section 2. O(draws x services), and for each service that is not firm an explanation's search.
[[nodiscard]] Sensitivity sensitivity(const Scorecard& card, const DrawOptions& options, unsigned threads = 1);

}  // namespace migplan
