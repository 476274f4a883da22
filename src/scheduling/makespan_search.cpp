#include "makespan_search.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <optional>
#include <thread>
#include <utility>

#include "breeder.hpp"

namespace migplan {
namespace {

using Direction = FlatNetwork::Direction;
using Scheme = FlatDecoder::Scheme;

// Phases of the search. Each begins with few survivors and many newcomers, more of them than the phase before, and is
// longer. They depend on the project's size alone, never on the budget: a greater budget walks the same path further.
constexpr std::size_t kFirstPopulation = 13;
constexpr std::uint64_t kFirstPhase = 1000;  // schedules
constexpr std::uint64_t kSecondPhase = 66;   // schedules an activity
constexpr std::uint64_t kLonger = 4;
constexpr std::size_t kLarger = 2;
constexpr std::size_t kLargestPopulation = 400;
constexpr std::size_t kSurvivors = 1;

// A bi-population genetic algorithm (Debels, Vanhoucke 2005): placements made forward and placements made backward,
// where the children of the ones make the others, so that each pass also justifies what its parents left open.
class MakespanSearch {
 public:
  MakespanSearch(const FlatNetwork& network, const FirstOrders& first, const SearchOptions& options)
      : network_(network), first_orders_(first.orders), options_(options) {
    const auto& by_latest = first.orders[first.rules + kLatestFinish];
    const auto& by_earliest = first.orders[first.rules + kEarliestStart];
    budget_ = std::max<std::uint64_t>(options.budget, 1);
    const unsigned threads = std::max(options.threads, 1U);
    for (unsigned t = 0; t < threads; ++t) breeders_.emplace_back(network, by_latest, by_earliest);
  }

  void run() {
    end_of_phase_ = kFirstPhase;
    admit_newcomers(kFirstPopulation);
    while (!is_over()) {
      breed(Direction::Backward);
      breed(Direction::Forward);
      if (!is_over() && schedules_ >= end_of_phase_) begin_phase();
    }
  }

  [[nodiscard]] const Individual& best() const noexcept { return best_; }
  [[nodiscard]] bool is_best_backward() const noexcept { return is_best_backward_; }
  [[nodiscard]] std::uint64_t schedules() const noexcept { return schedules_; }
  [[nodiscard]] StoppedBy stopped_by() const noexcept {
    if (is_proven()) return StoppedBy::Proof;
    return is_stopped_ ? StoppedBy::Caller : StoppedBy::Budget;
  }

 private:
  static constexpr std::uint64_t kWorthAThread = 5000;        // activities to place
  static constexpr std::uint64_t kBetweenQuestions = 50'000;  // activities placed before should_stop is asked again

  using Population = std::vector<Individual>;

  [[nodiscard]] bool is_proven() const noexcept { return schedules_ > 0 && best_.makespan <= options_.lower_bound; }
  [[nodiscard]] bool is_over() const noexcept { return schedules_ >= budget_ || is_stopped_ || is_proven(); }
  // Placements made in that direction.
  [[nodiscard]] Population& made_in(Direction direction) noexcept {
    return populations_[static_cast<std::size_t>(direction)];
  }

  // The first newcomers are the rules' placements, others are sampled; each is then placed backward, too.
  void admit_newcomers(std::size_t size) {
    Population& forward = made_in(Direction::Forward);
    Population& backward = made_in(Direction::Backward);
    const std::size_t first = forward.size();
    const std::size_t given = newcomers_ == 0 ? first_orders_.size() : 0;
    make_all(size - first, Direction::Forward, [&](std::size_t k, Breeder& breeder) {
      if (k < given) {
        breeder.take(first_orders_[k]);
      } else {
        breeder.sample();
      }
      return Scheme::Serial;
    });
    newcomers_ += made_;
    forward.insert(forward.end(), children_.begin(), children_.begin() + static_cast<std::ptrdiff_t>(made_));
    make_all(forward.size() - first, Direction::Backward, [&](std::size_t k, Breeder& breeder) {
      breeder.take(forward[first + k].order);
      return Scheme::Serial;
    });
    backward.insert(backward.end(), children_.begin(), children_.begin() + static_cast<std::ptrdiff_t>(made_));
  }

  // Children of the placements of the other direction, one for each mother; a child takes the place of the placement
  // that stands where its mother stood, unless it is worse.
  void breed(Direction direction) {
    const Population& parents = made_in(direction == Direction::Forward ? Direction::Backward : Direction::Forward);
    make_all(parents.size(), direction, [&](std::size_t k, Breeder& breeder) {
      breeder.cross(parents[k], parents[father_of(k, parents, breeder)]);
      breeder.mutate(direction);
      return breeder.some_scheme();
    });
    Population& population = made_in(direction);
    for (std::size_t k = 0; k < made_; ++k) {
      if (children_[k].makespan <= population[k].makespan) std::swap(children_[k], population[k]);
    }
  }

  // The better of two.
  static std::size_t father_of(std::size_t mother, const Population& parents, Breeder& breeder) noexcept {
    const auto size = static_cast<std::uint32_t>(parents.size());
    if (size < 2) return mother;
    const std::uint32_t one = breeder.below(size), other = breeder.below(size);
    const std::size_t father = parents[other].makespan < parents[one].makespan ? other : one;
    return father == mother ? (mother + 1 + breeder.below(size - 1)) % size : father;
  }

  void begin_phase() {
    length_of_phase_ = length_of_phase_ == 0 ? kSecondPhase * network_.size() : length_of_phase_ * kLonger;
    end_of_phase_ += std::max(length_of_phase_, kFirstPhase);
    population_ = std::min(population_ * kLarger, kLargestPopulation);
    for (Population& population : populations_) {
      std::stable_sort(population.begin(), population.end(),
                       [](const Individual& a, const Individual& b) { return a.makespan < b.makespan; });
      population.resize(std::min(population.size(), kSurvivors));
    }
    admit_newcomers(population_);
  }

  // Up to `count` passes, of which make(k, breeder) prepares the k-th: into children_, made_ of them. Fewer where the
  // budget, a proof or the caller ends the search. The k-th pass is the same whoever makes it.
  template <class Make>
  void make_all(std::size_t count, Direction direction, const Make& make) {
    count = static_cast<std::size_t>(std::min<std::uint64_t>(count, budget_ - schedules_));
    if (is_over()) count = 0;
    if (children_.size() < count) children_.resize(count);
    const bool is_worth_it = count * network_.size() >= kWorthAThread;
    const std::size_t parts = is_worth_it ? std::min(breeders_.size(), count) : 1;
    const auto work = [&](std::size_t part) {
      for (std::size_t k = count * part / parts; k < count * (part + 1) / parts; ++k) {
        if (part == 0) ask_caller();
        if (is_stopped_) return;
        Breeder& breeder = breeders_[part];
        breeder.begin(RandomStream(options_.seed, schedules_ + k));
        const Scheme scheme = make(k, breeder);
        breeder.place(direction, scheme, children_[k]);
        if (children_[k].makespan <= options_.lower_bound) return;  // nothing behind it counts
      }
    };
    for (std::size_t k = 0; k < count; ++k) children_[k].makespan = kNotMade;
    {
      std::vector<std::jthread> pool;
      for (std::size_t part = 1; part < parts; ++part) pool.emplace_back(work, part);
      work(0);
    }
    count_made(count, direction);
  }

  void count_made(std::size_t count, Direction direction) {
    made_ = 0;
    for (std::size_t k = 0; k < count && children_[k].makespan != kNotMade && !is_proven(); ++k) {
      ++made_;
      if (schedules_++ > 0 && children_[k].makespan >= best_.makespan) continue;
      best_ = children_[k];
      is_best_backward_ = direction == Direction::Backward;
    }
  }

  // Asked before a pass; the first one is always made.
  void ask_caller() {
    const bool is_soon = unasked_ < kBetweenQuestions;
    unasked_ += network_.size();
    if (is_soon || !options_.should_stop) return;
    unasked_ = 0;
    if (options_.should_stop()) is_stopped_ = true;
  }

  static constexpr std::int32_t kNotMade = -1;

  const FlatNetwork& network_;
  const std::vector<std::vector<ActivityIndex>>& first_orders_;
  const SearchOptions& options_;
  std::uint64_t budget_ = 1;
  std::vector<Breeder> breeders_;
  std::array<Population, 2> populations_;
  Population children_;
  std::size_t made_ = 0, newcomers_ = 0, population_ = kFirstPopulation;
  std::uint64_t schedules_ = 0, end_of_phase_ = 0, length_of_phase_ = 0, unasked_ = 0;
  std::atomic<bool> is_stopped_ = false;
  Individual best_;
  bool is_best_backward_ = false;
};

}  // namespace

SearchResult search_makespan(const Project& project, const FlatNetwork& network, const FirstOrders& first,
                             const SearchOptions& options) {
  MakespanSearch search(network, first, options);
  search.run();
  SearchResult result;
  result.placement.starts = search.best().starts;
  result.placement.finishes.resize(project.size());
  for (ActivityIndex i = 0; i < project.size(); ++i) {
    Day& start = result.placement.starts[i];
    if (search.is_best_backward()) start = search.best().makespan - start - project[i].duration;
    result.placement.finishes[i] = start + project[i].duration;
  }
  result.standing = {0, 0, 0, search.best().makespan};
  result.schedules = search.schedules();
  result.stopped_by = search.stopped_by();
  return result;
}

}  // namespace migplan
