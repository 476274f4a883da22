#include "migplan/scoring/tier_draws.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <mutex>
#include <thread>

#include "migplan/base/distribution.hpp"

namespace migplan {
namespace {

constexpr std::size_t kDimensionCount = kDimensions.size();
// Draws that share one stream of random numbers, and the work that a thread takes at a time.
constexpr std::uint32_t kDrawsInBlock = 256;

// The inventory as columns of real numbers, services by name: so the order of the files changes no draw.
struct Columns {
  std::vector<ServiceIndex> services;
  PerDimension<std::vector<double>> raw{};  // 0 where it is missing
  PerDimension<std::vector<bool>> is_known{};
  PerDimension<std::vector<double>> normalised{};  // 0..100, as the score has it
};

Columns columns_of(const Scorecard& card) {
  Columns columns{.services = services_by_name(card.inventory())};
  for (const Dimension d : kDimensions) {
    for (const ServiceIndex i : columns.services) {
      const auto raw = card.raw(i, d);
      const double fine = static_cast<double>(card[i].terms[d].value_or(FinePoints{}).steps());
      columns.is_known[d].push_back(raw.has_value());
      columns.raw[d].push_back(raw ? Scale::real(*raw) : 0.0);
      columns.normalised[d].push_back(fine / static_cast<double>(FinePoints::scale()));
    }
  }
  return columns;
}

// One thread's share of the work: counts that add up with those of the others.
class Sampler {
 public:
  Sampler(const Scorecard& card, const Columns& columns, const DrawOptions& options)
      : card_(card),
        columns_(columns),
        options_(options),
        error_(static_cast<double>(options.relative_error.steps()) / static_cast<double>(Share::scale())),
        scores_(columns.services.size()) {
    const auto& weights = card.policy().scoring().weights;
    std::int64_t sum = 0;
    for (const Dimension d : kDimensions) sum += weights[d].steps();
    for (std::size_t d = 0; d < kDimensionCount; ++d) {
      concentrations_[d] = kConcentration * static_cast<double>(weights.values[d].steps()) / static_cast<double>(sum);
    }
    for (const Tier& tier : card.policy().tiers()) {
      // A score is rounded before it is compared, so half a hundredth below the limit reaches it.
      limits_.push_back((static_cast<double>(tier.min_score.steps()) - 0.5) / static_cast<double>(Points::scale()));
    }
    for (std::size_t tier = 1; tier < limits_.size(); ++tier) reached_.emplace_back(scores_.size());
    find_leaders();
  }

  void draw_block(std::uint32_t block) {
    RandomStream random(options_.seed, block);
    const std::uint32_t first = block * kDrawsInBlock;
    const std::uint32_t count = std::min(kDrawsInBlock, options_.draws - first);
    if (keys_.empty() && !moves_facts()) {
      count_weights(count, random);
    } else {
      for (std::uint32_t i = 0; i < count; ++i) draw(random);
    }
    drawn_ += count;
  }

  void add_to(TierDraws& result) const {
    for (std::size_t tier = 0; tier < limits_.size(); ++tier) {
      for (std::size_t at = 0; at < scores_.size(); ++at) {
        // Draws at this tier's limit or above, without those at the next one's.
        const std::uint32_t at_least = tier < reached_.size() ? reached_[tier][at] : drawn_;
        const std::uint32_t above = tier > 0 ? reached_[tier - 1][at] : 0;
        result.counts[tier][columns_.services[at]] += at_least - above;
      }
    }
    result.draws += drawn_;
    result.leaders_kept += leaders_kept_;
    result.draws_with_all_leaders += draws_with_all_leaders_;
  }

 private:
  [[nodiscard]] bool moves_facts() const noexcept { return !options_.only_weights && error_ > 0; }

  void find_leaders() {
    for (std::uint32_t at = 0; at < scores_.size(); ++at) {
      if (card_[columns_.services[at]].tier == 0) leaders_.push_back(at);
    }
    keys_.resize(options_.only_weights || leaders_.empty() ? 0 : scores_.size());
  }

  void draw(RandomStream& random) {
    std::array<double, kDimensionCount> weights{};
    dirichlet_draw(concentrations_, random, weights);
    if (moves_facts()) {
      for (const Dimension d : kDimensions) move(d, random);
      add_up(weights, moved_);
    } else {
      add_up(weights, columns_.normalised);
    }
    count();
    if (!keys_.empty()) compare_ranks();
  }

  // The same for many draws of the weights alone: service by service, its values at hand for all draws.
  void count_weights(std::uint32_t draws, RandomStream& random) {
    std::array<std::array<double, kDrawsInBlock>, kDimensionCount> weights{};
    for (std::uint32_t i = 0; i < draws; ++i) {
      std::array<double, kDimensionCount> drawn{};
      dirichlet_draw(concentrations_, random, drawn);
      for (std::size_t d = 0; d < kDimensionCount; ++d) weights[d][i] = drawn[d];
    }
    std::array<double, kDrawsInBlock> scores{};
    for (std::size_t at = 0; at < scores_.size(); ++at) {
      const double impact = columns_.normalised[Dimension::Impact][at];
      const double debt = columns_.normalised[Dimension::Debt][at];
      const double topology = columns_.normalised[Dimension::Topology][at];
      for (std::uint32_t i = 0; i < draws; ++i) {
        scores[i] = weights[0][i] * impact + weights[1][i] * debt + weights[2][i] * topology;
      }
      for (std::size_t tier = 0; tier < reached_.size(); ++tier) {
        std::uint32_t reached = 0;
        for (std::uint32_t i = 0; i < draws; ++i) reached += scores[i] >= limits_[tier] ? 1U : 0U;
        reached_[tier][at] += reached;
      }
    }
  }

  // The dimension's values after an error in each raw one.
  void move(Dimension d, RandomStream& random) {
    const Normal normal;
    std::vector<double>& values = moved_[d];
    const std::vector<double>& raw = columns_.raw[d];
    values.resize(raw.size());
    for (std::size_t at = 0; at < raw.size(); ++at) {
      values[at] = raw[at] * std::max(0.0, 1.0 + error_ * normal(random));
    }
    card_.scale().normalise_all(d, values, columns_.is_known[d]);
  }

  void add_up(const std::array<double, kDimensionCount>& weights, const PerDimension<std::vector<double>>& values) {
    const double* const impact = values[Dimension::Impact].data();
    const double* const debt = values[Dimension::Debt].data();
    const double* const topology = values[Dimension::Topology].data();
    for (std::size_t at = 0; at < scores_.size(); ++at) {
      scores_[at] = weights[0] * impact[at] + weights[1] * debt[at] + weights[2] * topology[at];
    }
  }

  void count() {
    for (std::size_t tier = 0; tier < reached_.size(); ++tier) {
      const double limit = limits_[tier];
      std::uint32_t* const reached = reached_[tier].data();
      for (std::size_t at = 0; at < scores_.size(); ++at) reached[at] += scores_[at] >= limit ? 1U : 0U;
    }
  }

  // Who is among the first: by score, then by name, both in one whole number.
  void compare_ranks() {
    constexpr double kSteps = 0x1.0p32;
    constexpr std::int64_t kNames = std::int64_t{1} << 24U;
    for (std::size_t at = 0; at < scores_.size(); ++at) {
      const auto score = static_cast<std::int64_t>(scores_[at] * kSteps);
      keys_[at] = score * kNames + static_cast<std::int64_t>(keys_.size() - at);
    }
    std::int64_t least = keys_[leaders_.front()];
    for (const std::uint32_t at : leaders_) least = std::min(least, keys_[at]);
    // Only who is not behind all leaders can be in question: mostly little more than the leaders.
    front_.resize(keys_.size());
    std::size_t count = 0;
    for (const std::int64_t key : keys_) {
      front_[count] = key;
      count += key >= least ? 1U : 0U;
    }
    std::size_t kept = leaders_.size();
    if (count > leaders_.size()) {
      const auto last = front_.begin() + static_cast<std::ptrdiff_t>(leaders_.size() - 1);
      std::nth_element(front_.begin(), last, front_.begin() + static_cast<std::ptrdiff_t>(count), std::greater<>());
      kept = static_cast<std::size_t>(std::count_if(
          leaders_.begin(), leaders_.end(), [this, limit = *last](std::uint32_t at) { return keys_[at] >= limit; }));
    }
    leaders_kept_ += kept;
    if (kept == leaders_.size()) ++draws_with_all_leaders_;
  }

  const Scorecard& card_;
  const Columns& columns_;
  const DrawOptions& options_;
  double error_;
  std::array<double, kDimensionCount> concentrations_{};
  std::vector<double> limits_;  // by tier, falling
  PerDimension<std::vector<double>> moved_;
  std::vector<double> scores_;
  std::vector<std::vector<std::uint32_t>> reached_;  // by tier but the last, then service
  std::vector<std::uint32_t> leaders_;
  std::vector<std::int64_t> keys_, front_;
  std::uint64_t leaders_kept_ = 0;
  std::uint32_t draws_with_all_leaders_ = 0;
  std::uint32_t drawn_ = 0;
};

}  // namespace

TierDraws draw_tiers(const Scorecard& card, const DrawOptions& options, unsigned threads) {
  const Columns columns = columns_of(card);
  TierDraws result;
  result.counts.assign(card.policy().tiers().size(), std::vector<std::uint32_t>(card.inventory().size()));
  if (!options.only_weights) {
    const auto scores = card.scores();
    result.leaders = static_cast<std::size_t>(
        std::count_if(scores.begin(), scores.end(), [](const Score& score) { return score.tier == 0; }));
  }
  const std::uint32_t blocks = (options.draws - 1) / kDrawsInBlock + 1;
  std::atomic<std::uint32_t> next{0};
  std::mutex mutex;
  const auto work = [&] {
    Sampler sampler(card, columns, options);
    for (std::uint32_t block = next++; block < blocks; block = next++) sampler.draw_block(block);
    const std::lock_guard lock(mutex);
    sampler.add_to(result);
  };
  {
    std::vector<std::jthread> pool;
    for (unsigned i = 1; i < std::min<std::uint64_t>(threads, blocks); ++i) pool.emplace_back(work);
    work();
  }
  return result;
}

}  // namespace migplan
