#include "migplan/model/policy.hpp"

#include <fmt/format.h>

#include <limits>
#include <string>
#include <utility>

#include "migplan/base/decimal.hpp"

namespace migplan {
namespace {

class PolicyCheck {
 public:
  explicit PolicyCheck(const PolicyValues& values) : values_(values) {}

  Issues run() {
    check_scoring();
    check_tiers();
    check_quadrant();
    issues_.append(schedule_issues(values_.schedule));
    issues_.append(gate_issues(values_.gate));
    issues_.append(reconcile_issues(values_.reconcile));
    issues_.append(canary_issues(values_.canary));
    issues_.append(sunset_issues(values_.sunset));
    issues_.append(slo_issues(values_.slo));
    issues_.append(lint_issues(values_.lint));
    issues_.append(playbook_issues(values_.playbook));
    issues_.append(import_issues(values_.imports));
    return std::move(issues_);
  }

 private:
  void reject(std::string path, std::string message) {
    issues_.add({Severity::Error, "", {}, std::move(path), std::move(message), ""});
  }

  void check_scoring() {
    Weight sum;
    for (const Dimension d : kDimensions) {
      sum += values_.scoring.weights[d];
      if (values_.scoring.weights[d] < Weight{}) {
        reject(fmt::format("scoring.weights.{}", name_of(d)), "found a negative weight, expected 0 or more");
      }
      if (values_.scoring.full[d] <= RawValue{}) {
        reject(fmt::format("scoring.scale.full.{}", name_of(d)), "found 0, expected a full scale above 0");
      }
    }
    if (sum <= Weight{}) reject("scoring.weights", "all weights are 0, expected a sum above 0");
  }

  void check_tiers() {
    const auto& tiers = values_.tiers;
    if (tiers.empty()) return reject("tiers", "found no tier, expected at least one");
    if (tiers.size() > std::numeric_limits<TierIndex>::max()) return reject("tiers", "more than 255 tiers");
    for (std::size_t i = 0; i < tiers.size(); ++i) {
      const std::string path = fmt::format("tiers[{}]", i);
      if (tiers[i].name.empty()) reject(path + ".name", "missing, expected the tier's name");
      if (i > 0 && tiers[i].min_score >= tiers[i - 1].min_score) {
        reject(path + ".min_score", fmt::format("found {}, expected less than {} of the tier above",
                                                trimmed(tiers[i].min_score), trimmed(tiers[i - 1].min_score)));
      }
      check_route(path, tiers[i].route);
      for (std::size_t j = 0; j < i; ++j) {
        if (tiers[i].name == tiers[j].name)
          reject(path + ".name", fmt::format("{} is used twice", in_quotes(tiers[i].name)));
      }
    }
    if (tiers.back().min_score != Points{}) {
      reject(fmt::format("tiers[{}].min_score", tiers.size() - 1),
             fmt::format("found {}, expected 0 in the last tier, so that every score has a tier",
                         trimmed(tiers.back().min_score)));
    }
  }

  void check_route(const std::string& path, const std::string& route) {
    const auto& routes = values_.schedule.routes;
    if (routes.contains(route.empty() ? std::string(kDefaultRoute) : route)) return;
    std::vector<std::string_view> known;
    known.reserve(routes.size());
    for (const auto& [name, unused] : routes) known.emplace_back(name);
    reject(path + ".route",
           route.empty() ? fmt::format("missing, and schedule.routes has no {}", kDefaultRoute)
                         : fmt::format("no such route: {} (known: {})", in_quotes(route), fmt::join(known, ", ")));
  }

  void check_quadrant() {
    const QuadrantPolicy& q = values_.quadrant;
    check_full("core_flow_calls", q.full_core_flow_calls);
    check_full("data_dependency_interfaces", q.full_data_interfaces);
    check_full("cve_count", q.full_cve_count);
    check_full("jdk_generations", q.full_jdk_generations);
    if (q.low_up_to >= q.high_from) reject("quadrant.bands.low", "found a limit not below that of high");
    if (q.coupling_weight < Weight{} || q.obsolescence_weight < Weight{}) {
      reject("quadrant.weights", "found a negative weight, expected 0 or more");
    }
    if ((q.coupling_weight + q.obsolescence_weight) <= Weight{}) {
      reject("quadrant.weights", "all weights are 0, expected a sum above 0");
    }
    if (q.long_term_releases.empty()) reject("quadrant.lts", "found no release, expected at least one");
    for (std::size_t i = 1; i < q.long_term_releases.size(); ++i) {
      if (q.long_term_releases[i] <= q.long_term_releases[i - 1]) {
        reject(fmt::format("quadrant.lts[{}]", i), "expected releases in rising order");
      }
    }
  }

  void check_full(std::string_view name, Count full) {
    if (full <= Count{}) reject(fmt::format("quadrant.full.{}", name), "found 0, expected a full scale above 0");
  }

  const PolicyValues& values_;
  Issues issues_;
};

}  // namespace

std::string_view name_of(Dimension dimension) noexcept {
  switch (dimension) {
    case Dimension::Impact: return "impact";
    case Dimension::Debt: return "debt";
    case Dimension::Topology: return "topology";
  }
  return "";
}

std::string_view name_of(ScaleMethod method) noexcept {
  switch (method) {
    case ScaleMethod::Reference: return "reference";
    case ScaleMethod::MinMax: return "minmax";
    case ScaleMethod::Percentile: return "percentile";
  }
  return "";
}

std::string_view name_of(Curve curve) noexcept { return curve == Curve::Linear ? "linear" : "log"; }

std::string_view name_of(Band band) noexcept {
  switch (band) {
    case Band::Low: return "low";
    case Band::Middle: return "middle";
    case Band::High: return "high";
  }
  return "";
}

Result<Policy> Policy::create(PolicyValues values) {
  Issues issues = PolicyCheck(values).run();
  if (issues.has_errors()) return issues;
  return Result<Policy>(Policy(std::move(values)));
}

TierIndex Policy::tier_of(Points score) const noexcept {
  TierIndex tier = 0;
  while (tier + 1U < values_.tiers.size() && score < values_.tiers[tier].min_score) ++tier;
  return tier;
}

std::optional<TierIndex> Policy::find_tier(std::string_view name) const noexcept {
  for (std::size_t i = 0; i < values_.tiers.size(); ++i) {
    if (values_.tiers[i].name == name) return static_cast<TierIndex>(i);
  }
  return std::nullopt;
}

}  // namespace migplan
