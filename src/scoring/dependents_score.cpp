#include "migplan/scoring/dependents_score.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <numeric>
#include <span>

#include "migplan/base/exact_math.hpp"
#include "migplan/base/random_stream.hpp"
#include "migplan/model/dependency_graph.hpp"

namespace migplan {
namespace {

// The graph of components: what a group of services that reach each other scores, and which groups it calls. Callers
// have higher numbers than what they call.
class Condensation {
 public:
  Condensation(const Scorecard& card, const DependencyGraph& graph)
      : totals_(graph.component_count()), begins_(graph.component_count() + 1) {
    const std::size_t count = graph.size();
    std::vector<ServiceIndex> by_component(count);
    std::iota(by_component.begin(), by_component.end(), ServiceIndex{0});
    std::stable_sort(by_component.begin(), by_component.end(), [&graph](ServiceIndex a, ServiceIndex b) {
      return graph.component_of(a) < graph.component_of(b);
    });
    for (const ServiceIndex i : by_component) {
      const std::uint32_t component = graph.component_of(i);
      totals_[component] += card[i].total.steps();
      for (const ServiceIndex callee : graph.callees(i)) {
        if (graph.component_of(callee) != component) callees_.push_back(graph.component_of(callee));
      }
      begins_[component + 1] = static_cast<std::uint32_t>(callees_.size());
    }
  }

  [[nodiscard]] std::uint32_t size() const noexcept { return static_cast<std::uint32_t>(totals_.size()); }
  [[nodiscard]] std::int64_t total(std::uint32_t component) const noexcept { return totals_[component]; }
  [[nodiscard]] std::span<const std::uint32_t> callees(std::uint32_t component) const noexcept {
    return std::span(callees_).subspan(begins_[component], begins_[component + 1] - begins_[component]);
  }

 private:
  std::vector<std::int64_t> totals_;  // hundredths
  std::vector<std::uint32_t> begins_, callees_;
};

// Which of 512 components stand above a component.
using Block = std::array<std::uint64_t, 8>;
constexpr std::uint32_t kBlock = 512, kWord = 64;

// What stands above each component, in hundredths, for the callers first..first + 511.
void add_block(const Condensation& graph, std::uint32_t first, std::vector<Block>& above,
               std::vector<std::int64_t>& sums) {
  const std::uint32_t end = std::min(first + kBlock, graph.size());
  std::fill(above.begin(), above.end(), Block{});
  for (std::uint32_t component = end; component-- > 0;) {
    Block reached = above[component];
    for (std::uint32_t word = 0; word < reached.size(); ++word) {
      for (std::uint64_t bits = reached[word]; bits != 0; bits &= bits - 1) {
        sums[component] += graph.total(first + word * kWord + static_cast<std::uint32_t>(std::countr_zero(bits)));
      }
    }
    if (component >= first) {
      const std::uint32_t own = component - first;
      reached[own / kWord] |= std::uint64_t{1} << (own % kWord);
    }
    for (const std::uint32_t callee : graph.callees(component)) {
      for (std::size_t word = 0; word < reached.size(); ++word) above[callee][word] |= reached[word];
    }
  }
}

std::vector<std::int64_t> exact_sums(const Condensation& graph) {
  std::vector<std::int64_t> sums(graph.size());
  std::vector<Block> above(graph.size());
  for (std::uint32_t first = 0; first < graph.size(); first += kBlock) add_block(graph, first, above, sums);
  return sums;
}

std::vector<std::int64_t> estimated_sums(const Scorecard& card, const DependencyGraph& components,
                                         const Condensation& graph) {
  constexpr std::uint64_t kRounds = 102;  // the relative standard error is 1 / sqrt(kRounds - 2)
  constexpr double kNever = std::numeric_limits<double>::infinity();
  const std::vector<ServiceIndex> order = services_by_name(card.inventory());
  std::vector<double> sum_of_least(graph.size()), own, least;
  for (std::uint64_t round = 0; round < kRounds; ++round) {
    RandomStream random(1, round);
    own.assign(graph.size(), kNever);
    least.assign(graph.size(), kNever);
    for (const ServiceIndex i : order) {
      const double exponential = -exact_log(random.positive_uniform());
      const auto rate = static_cast<double>(card[i].total.steps());
      double& first = own[components.component_of(i)];
      if (rate > 0) first = std::min(first, exponential / rate);
    }
    for (std::uint32_t component = graph.size(); component-- > 0;) {
      sum_of_least[component] += least[component];
      const double reached = std::min(own[component], least[component]);
      for (const std::uint32_t callee : graph.callees(component)) least[callee] = std::min(least[callee], reached);
    }
  }
  std::vector<std::int64_t> sums;
  sums.reserve(sum_of_least.size());
  for (const double sum : sum_of_least) {
    sums.push_back(sum == kNever ? 0 : std::llround(static_cast<double>(kRounds - 1) / sum));
  }
  return sums;
}

}  // namespace

std::vector<Points> dependents_scores(const Scorecard& card, std::size_t most_exact) {
  const DependencyGraph components(card.inventory());
  const Condensation graph(card, components);
  const auto above = components.size() <= most_exact ? exact_sums(graph) : estimated_sums(card, components, graph);
  std::vector<Points> sums(components.size());
  for (ServiceIndex i = 0; i < sums.size(); ++i) {
    const std::uint32_t component = components.component_of(i);
    // The other members of its own cycle depend on it, too.
    sums[i] = Points::from_steps(above[component] + graph.total(component)) - card[i].total;
  }
  return sums;
}

}  // namespace migplan
