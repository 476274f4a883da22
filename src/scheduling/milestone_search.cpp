#include "milestone_search.hpp"

#include <algorithm>
#include <atomic>
#include <limits>
#include <memory>
#include <thread>
#include <utility>

#include "migplan/base/random_stream.hpp"
#include "milestone_order.hpp"

namespace migplan {
namespace {

using Order = Milestones::Order;

constexpr std::size_t kPopulation = 8;
constexpr std::size_t kNeighbours = 24;  // of the best order, made at a time

struct Candidate {
  Order order;
  Standing standing;  // worse than any other where an activity has no place
};

// New orders of old ones. Any order is valid, as `Milestones` places first what each one waits for.
class Variation {
 public:
  Variation(std::uint64_t seed, std::uint64_t pass) : random_(seed, pass) {}

  [[nodiscard]] std::uint32_t below(std::uint32_t limit) noexcept {
    return static_cast<std::uint32_t>(((random_.next() >> 32U) * limit) >> 32U);
  }
  [[nodiscard]] bool one_in(std::uint32_t count) noexcept { return below(count) == 0; }

  // A window of the order, in the order in which another one has its milestones.
  void cross(Order& order, const Order& other) {
    const auto size = static_cast<std::uint32_t>(order.size());
    const std::uint32_t length = 1 + below(size), begin = below(size - length + 1);
    std::vector<bool> is_in(size);
    for (std::uint32_t k = begin; k < begin + length; ++k) is_in[order[k]] = true;
    std::copy_if(other.begin(), other.end(), order.begin() + begin, [&](std::uint32_t m) { return is_in[m]; });
  }

  // Short moves are likelier than long ones: most of what a long one changes is broken.
  void move_some(Order& order) {
    if (order.size() < 2) return;
    for (bool again = true; again; again = one_in(2)) move(order);
  }

 private:
  void move(Order& order) {
    const auto size = static_cast<std::uint32_t>(order.size());
    const std::uint32_t reach = std::max(1U, size >> below(5));
    const std::uint32_t from = below(size);
    const std::uint32_t low = from - std::min(from, reach), high = std::min(size - 1, from + reach);
    const std::uint32_t to = low + below(high - low + 1);
    const auto at = order.begin();
    if (one_in(3)) {
      std::swap(order[from], order[to]);
    } else if (to < from) {
      const std::uint32_t length = std::min(one_in(3) ? 1 + below(4) : 1, size - from);
      std::rotate(at + to, at + from, at + from + length);
    } else {
      std::rotate(at + from, at + from + 1, at + to + 1);
    }
  }

  RandomStream random_;
};

class MilestoneSearch {
 public:
  MilestoneSearch(const Site& site, const Objective& objective, const FirstOrders& first, const SearchOptions& options)
      : site_(site),
        objective_(objective),
        first_(first),
        options_(options),
        milestones_(site, objective, first.orders[first.rules + kLatestFinish]) {
    budget_ = std::max<std::uint64_t>(options.budget, 1);
    for (unsigned t = 0; t < std::max(options.threads, 1U); ++t) workers_.push_back(std::make_unique<Worker>(site));
  }

  std::optional<SearchResult> run() {
    place_first();
    place_rules();
    fill_population();
    while (!is_over() && milestones_.size() > 1) {
      breed();
      look_around();
    }
    if (result_.standing.empty()) return std::nullopt;
    result_.schedules = schedules_;
    result_.stopped_by = is_proven() ? StoppedBy::Proof : is_stopped_ ? StoppedBy::Caller : StoppedBy::Budget;
    return std::move(result_);
  }

 private:
  static constexpr std::uint64_t kWorthAThread = 5000;        // activities to place
  static constexpr std::uint64_t kBetweenQuestions = 30'000;  // activities placed before should_stop is asked again

  struct Worker {
    explicit Worker(const Site& site) : decoder(site) {}
    Decoder decoder;
    Milestones::Scratch scratch;
  };

  [[nodiscard]] bool is_over() const noexcept { return schedules_ >= budget_ || is_stopped_ || is_proven(); }
  [[nodiscard]] bool is_proven() const noexcept {
    const bool is_makespan_all = objective_.stages.empty() && (!objective_.due || objective_.due_activities.empty());
    return is_makespan_all && !result_.standing.empty() && result_.standing.front() == 0 &&
           result_.standing.back() <= options_.lower_bound;
  }

  // The caller's order and those of priority rules, activity by activity.
  void place_first() {
    for (const auto& order : first_.orders) {
      if (is_over()) return;
      ask_caller();
      ++schedules_;
      Decoder& decoder = workers_.front()->decoder;
      if (!decoder.place_all(order)) keep(decoder);
    }
  }

  void place_rules() {
    std::vector<Order> orders = milestones_.rule_orders();
    for (const auto& order : first_.orders) orders.push_back(milestones_.order_in(order));
    make_all(orders.size(), [&](std::size_t k, Variation&, Order& order) { order = orders[k]; });
    for (std::size_t k = 0; k < made_; ++k) population_.push_back(made_orders_[k]);
    std::stable_sort(population_.begin(), population_.end(),
                     [](const Candidate& a, const Candidate& b) { return a.standing < b.standing; });
    if (population_.size() > kPopulation) population_.resize(kPopulation);
  }

  void fill_population() {
    const std::size_t given = population_.size();
    if (given == 0 || milestones_.size() < 2) return;
    make_all(kPopulation - given, [&](std::size_t k, Variation& vary, Order& order) {
      order = population_[k % given].order;
      vary.move_some(order);
    });
    for (std::size_t k = 0; k < made_; ++k) population_.push_back(made_orders_[k]);
  }

  void breed() {
    const auto size = static_cast<std::uint32_t>(population_.size());
    make_all(size, [&](std::size_t k, Variation& vary, Order& order) {
      order = population_[k].order;
      vary.cross(order, population_[vary.below(size)].order);
      if (vary.one_in(2)) vary.move_some(order);
    });
    for (std::size_t k = 0; k < made_; ++k) {
      if (made_orders_[k].standing <= population_[k].standing) std::swap(made_orders_[k], population_[k]);
    }
  }

  void look_around() {
    if (population_.empty()) return;
    const auto is_better = [](const Candidate& a, const Candidate& b) { return a.standing < b.standing; };
    Candidate& best = *std::min_element(population_.begin(), population_.end(), is_better);
    make_all(kNeighbours, [&](std::size_t, Variation& vary, Order& order) {
      order = best.order;
      vary.move_some(order);
    });
    if (made_ == 0) return;
    const auto end = made_orders_.begin() + static_cast<std::ptrdiff_t>(made_);
    const auto found = std::min_element(made_orders_.begin(), end, is_better);
    if (found->standing <= best.standing) std::swap(*found, best);
  }

  // Up to `count` passes, of which make(k, vary, order) gives the k-th: made_orders_, made_ of them. The k-th is the
  // same whoever makes it, and depends on nothing that is made with it.
  template <class Make>
  void make_all(std::size_t count, const Make& make) {
    count = is_over() ? 0 : static_cast<std::size_t>(std::min<std::uint64_t>(count, budget_ - schedules_));
    if (made_orders_.size() < count) made_orders_.resize(count);
    for (std::size_t k = 0; k < count; ++k) made_orders_[k].standing.clear();
    const bool is_worth_it = count * site_.project().size() >= kWorthAThread;
    const std::size_t parts = is_worth_it ? std::min(workers_.size(), count) : 1;
    const auto work = [&](std::size_t part) {
      for (std::size_t k = count * part / parts; k < count * (part + 1) / parts; ++k) {
        if (part == 0) ask_caller();
        if (is_stopped_) return;
        Variation vary(options_.seed, schedules_ + k);
        make(k, vary, made_orders_[k].order);
        made_orders_[k].standing = standing_after(*workers_[part], made_orders_[k].order);
      }
    };
    {
      std::vector<std::jthread> pool;
      for (std::size_t part = 1; part < parts; ++part) pool.emplace_back(work, part);
      work(0);
    }
    for (made_ = 0; made_ < count && !made_orders_[made_].standing.empty() && !is_proven(); ++made_) {
      ++schedules_;
      const Candidate& made = made_orders_[made_];
      if (made.standing.size() == 1 || (!result_.standing.empty() && made.standing >= result_.standing)) continue;
      Worker& worker = *workers_.front();
      if (milestones_.place(made.order, worker.decoder, worker.scratch)) keep(worker.decoder);
    }
  }

  [[nodiscard]] Standing standing_after(Worker& worker, const Order& order) const {
    if (!milestones_.place(order, worker.decoder, worker.scratch)) return {std::numeric_limits<std::int64_t>::max()};
    return standing_of(site_.project(), objective_, worker.decoder.times());
  }

  void keep(const Decoder& decoder) {
    Standing standing = standing_of(site_.project(), objective_, decoder.times());
    if (!result_.standing.empty() && standing >= result_.standing) return;
    result_.standing = std::move(standing);
    result_.placement = decoder.times();
  }

  // Asked before a pass; the first one is always made.
  void ask_caller() {
    const bool is_soon = unasked_ < kBetweenQuestions;
    unasked_ += site_.project().size();
    if (is_soon || !options_.should_stop) return;
    unasked_ = 0;
    if (options_.should_stop()) is_stopped_ = true;
  }

  const Site& site_;
  const Objective& objective_;
  const FirstOrders& first_;
  const SearchOptions& options_;
  Milestones milestones_;
  std::uint64_t budget_ = 1, schedules_ = 0, unasked_ = 0;
  std::vector<std::unique_ptr<Worker>> workers_;
  std::vector<Candidate> population_, made_orders_;
  std::size_t made_ = 0;
  std::atomic<bool> is_stopped_ = false;
  SearchResult result_;
};

}  // namespace

std::optional<SearchResult> search_milestones(const Site& site, const Objective& objective, const FirstOrders& first,
                                              const SearchOptions& options) {
  return MilestoneSearch(site, objective, first, options).run();
}

}  // namespace migplan
