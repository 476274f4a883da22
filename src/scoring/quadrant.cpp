#include "migplan/scoring/quadrant.hpp"

#include <algorithm>

#include "migplan/base/decimal.hpp"

namespace migplan {
namespace {

// Fine enough that the rounding of a single fact never moves the mean's fourth decimal, but for exact ties of full
// scales that no decimal can hold.
constexpr Int128 kFine = 1'000'000'000'000;

class Mean {
 public:
  // `part` of `whole`, at most 1.
  void add(std::int64_t part, std::int64_t whole) {
    sum_ += kFine * std::min(part, whole) / whole;
    ++count_;
  }
  void add(Stated<Count> fact, Count full) {
    if (fact.is_known()) add(fact.value().steps(), full.steps());
  }
  [[nodiscard]] GradeOf result() const {
    if (count_ == 0) return {};
    return {Grade::from_steps(divide_half_up(sum_ * Grade::scale(), kFine * count_)), count_};
  }

 private:
  Int128 sum_ = 0;
  int count_ = 0;
};

// Long-term releases between the service's and the newest, the older one of a service between two.
std::int64_t generations_behind(Count jdk, const std::vector<Count>& releases) {
  return std::count_if(releases.begin(), releases.end(), [jdk](Count release) { return release > jdk; });
}

GradeOf obsolescence_of(const Platform& platform, const QuadrantPolicy& policy) {
  Mean mean;
  if (platform.jdk.is_known()) {
    mean.add(generations_behind(platform.jdk.value(), policy.long_term_releases), policy.full_jdk_generations.steps());
  }
  if (platform.is_framework_end_of_life) mean.add(*platform.is_framework_end_of_life ? 1 : 0, 1);
  if (platform.automated_test_coverage.is_known()) {
    mean.add(Share::scale() - platform.automated_test_coverage.value().steps(), Share::scale());
  }
  mean.add(platform.cve_count, policy.full_cve_count);
  if (platform.missing_documentation.is_known()) {
    mean.add(platform.missing_documentation.value().steps(), Share::scale());
  }
  if (platform.community_activity.is_known()) {
    mean.add(Share::scale() - platform.community_activity.value().steps(), Share::scale());
  }
  return mean.result();
}

Band band_of(Grade grade, const QuadrantPolicy& policy) {
  if (grade <= policy.low_up_to) return Band::Low;
  return grade < policy.high_from ? Band::Middle : Band::High;
}

int priority_of(Grade coupling, Grade obsolescence, const QuadrantPolicy& policy) {
  const Int128 weighted = Int128{policy.coupling_weight.steps()} * coupling.steps() +
                          Int128{policy.obsolescence_weight.steps()} * obsolescence.steps();
  const Int128 whole = Int128{(policy.coupling_weight + policy.obsolescence_weight).steps()} * Grade::scale();
  return std::clamp(static_cast<int>(10 * weighted / whole), 1, 10);
}

}  // namespace

QuadrantPlace quadrant_place(const Service& service, const QuadrantPolicy& policy) {
  Mean coupling;
  coupling.add(profile_of(service).coupling.core_flow_calls, policy.full_core_flow_calls);
  coupling.add(profile_of(service).coupling.data_dependency_interfaces, policy.full_data_interfaces);
  QuadrantPlace place{.coupling = coupling.result(),
                      .obsolescence = obsolescence_of(profile_of(service).platform, policy)};
  if (!place.coupling.grade || !place.obsolescence.grade) return place;
  place.coupling_band = band_of(*place.coupling.grade, policy);
  place.obsolescence_band = band_of(*place.obsolescence.grade, policy);
  place.priority = priority_of(*place.coupling.grade, *place.obsolescence.grade, policy);
  place.disposition = policy.dispositions[*place.coupling_band][*place.obsolescence_band];
  return place;
}

}  // namespace migplan
