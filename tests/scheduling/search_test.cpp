#include "migplan/scheduling/search.hpp"

#include <catch2/catch.hpp>

#include "flat_network.hpp"
#include "generated_projects.hpp"
#include "migplan/scheduling/bounds.hpp"
#include "placement_check.hpp"
#include "priority_rules.hpp"
#include "project_builder.hpp"

namespace migplan {
namespace {

using namespace testing;

Project network(std::uint32_t activities, std::uint64_t seed) {
  return Project::create(generated_network(swept_kind(activities, seed), seed)).value();
}

SearchOptions with_budget(std::uint64_t budget, std::uint64_t seed = 1, unsigned threads = 1) {
  SearchOptions options;
  options.budget = budget;
  options.seed = seed;
  options.threads = threads;
  return options;
}

// The least standing over all orders: one of the placements that serial generation reaches is optimal (Kolisch 1996).
class BruteForce {
 public:
  BruteForce(const Project& project, const Objective& objective) : project_(project), objective_(objective) {
    std::vector<ActivityIndex> order;
    std::vector<bool> is_placed(project.size());
    extend(order, is_placed);
  }
  Standing best;

 private:
  void extend(std::vector<ActivityIndex>& order, std::vector<bool>& is_placed) {
    if (order.size() == project_.size()) {
      const auto placement = place_in_order(project_, order);
      if (!placement) return;
      Standing standing = standing_of(project_, objective_, *placement);
      if (best.empty() || standing < best) best = std::move(standing);
      return;
    }
    for (ActivityIndex i = 0; i < project_.size(); ++i) {
      const auto befores = project_.predecessors(i);
      if (is_placed[i] || !std::ranges::all_of(befores, [&](ActivityIndex b) { return is_placed[b]; })) continue;
      is_placed[i] = true;
      order.push_back(i);
      extend(order, is_placed);
      order.pop_back();
      is_placed[i] = false;
    }
  }

  const Project& project_;
  const Objective& objective_;
};

// The same project with its activities numbered otherwise.
ProjectParts renumbered(const ProjectParts& parts, std::uint64_t seed) {
  RandomStream random(seed, 1);
  std::vector<ActivityIndex> to(parts.activities.size());
  for (std::size_t i = 0; i < to.size(); ++i) {
    to[i] = static_cast<ActivityIndex>(i);
    std::swap(to[i], to[random.next() % (i + 1)]);
  }
  ProjectParts result = parts;
  for (std::size_t i = 0; i < to.size(); ++i) {
    result.activities[to[i]] = parts.activities[i];
    result.demands[to[i]] = parts.demands[i];
  }
  for (auto& [before, after] : result.precedences) {
    before = to[before];
    after = to[after];
  }
  return result;
}

TEST_CASE("search: reaches the optimum of tiny projects, and no bound is above it") {
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    INFO("seed " << seed);
    const ProjectParts parts = generated_network(swept_kind(6, seed), seed);
    const Project project = Project::create(parts).value();
    const Standing optimum = BruteForce(project, {}).best;
    const SearchResult result = search(project, {}, with_budget(300)).value();
    CHECK(result.standing == optimum);
    CHECK(wrong_with(project, result.placement).empty());
    CHECK(lower_bounds(project, true).best() <= optimum.back());
    const Project other = Project::create(renumbered(parts, seed)).value();
    CHECK(search(other, {}, with_budget(300)).value().standing == optimum);
  }
}

TEST_CASE("search: reaches the optimum of tiny migrations in every stage") {
  for (std::uint64_t seed = 0; seed < 12; ++seed) {
    INFO("seed " << seed);
    GeneratedMigration made = generated_migration(4, 150, seed);
    ProjectParts few;  // analysis, cut-over: two steps a service
    few.timeline = made.parts.timeline;
    few.capacities = made.parts.capacities;
    few.closures = made.parts.closures;
    Objective objective;
    objective.stages.resize(2);
    for (ActivityIndex s = 0; s < 4; ++s) {
      for (const ActivityIndex step : {5 * s + 1, 5 * s + 4}) {
        few.activities.push_back(made.parts.activities[step]);
        few.demands.push_back({{0, 1}});
      }
      few.precedences.push_back({2 * s, 2 * s + 1});
      objective.stages[s % 2].push_back({2 * s + 1, static_cast<std::int64_t>(1 + seed % 7 + s)});
    }
    const Project project = Project::create(few).value();
    const Standing optimum = BruteForce(project, objective).best;
    const SearchResult result = search(project, objective, with_budget(600)).value();
    CHECK(result.standing == optimum);
    CHECK(wrong_with(project, result.placement).empty());
    CHECK(lower_bounds(project, true).best() <= optimum.back());
  }
}

TEST_CASE("search: what it places keeps precedences, capacities, closures and fixed days") {
  for (std::uint64_t seed = 0; seed < 8; ++seed) {
    INFO("seed " << seed);
    const Project flat = network(40, seed * 5);
    CHECK(wrong_with(flat, search(flat, {}, with_budget(200)).value().placement).empty());
    GeneratedMigration made = generated_migration(20, 400, seed);
    for (const ActivityIndex i : {7U, 31U, 62U}) made.parts.activities[i].fixed = static_cast<Day>(20 + i);
    made.parts.activities[50].release = 33;
    made.objective.due = 100;
    made.objective.due_activities = {4, 9, 14, 19};
    const Project project = Project::create(made.parts).value();
    const SearchResult result = search(project, made.objective, with_budget(200)).value();
    CHECK(wrong_with(project, result.placement).empty());
    CHECK(result.standing == standing_of(project, made.objective, result.placement));
    const SearchResult shortest = search(project, {}, with_budget(200)).value();
    CHECK(wrong_with(project, shortest.placement).empty());
    CHECK(shortest.standing.back() >= lower_bounds(project, true).best());
  }
}

TEST_CASE("search: more than four resources are kept in both directions") {
  for (std::uint64_t seed = 0; seed < 6; ++seed) {
    NetworkKind kind = swept_kind(30, seed);
    kind.resources = 9;
    const Project project = Project::create(generated_network(kind, seed)).value();
    CHECK(wrong_with(project, search(project, {}, with_budget(200)).value().placement).empty());
  }
}

TEST_CASE("search: a greater budget is never worse") {
  const std::vector<std::uint64_t> budgets{1, 2, 5, 6, 13, 14, 20, 26, 27, 60, 200, 1000, 1001, 1100, 2500, 6000};
  const Project flat = network(30, 0);
  const GeneratedMigration made = generated_migration(30, 500, 1);
  const Project migration = Project::create(made.parts).value();
  Standing of_flat, of_migration;
  for (const std::uint64_t budget : budgets) {
    const SearchResult shortest = search(flat, {}, with_budget(budget)).value();
    CHECK(shortest.schedules == budget);
    CHECK((of_flat.empty() || shortest.standing <= of_flat));
    of_flat = shortest.standing;
    if (budget > 1200) continue;
    const SearchResult soonest = search(migration, made.objective, with_budget(budget)).value();
    CHECK(soonest.schedules == budget);
    CHECK((of_migration.empty() || soonest.standing <= of_migration));
    of_migration = soonest.standing;
  }
}

TEST_CASE("search: the number of threads changes nothing") {
  const Project flat = network(500, 0);
  const GeneratedMigration made = generated_migration(80, 700, 1);
  const Project migration = Project::create(made.parts).value();
  const SearchResult flat_alone = search(flat, {}, with_budget(120)).value();
  const SearchResult migration_alone = search(migration, made.objective, with_budget(150)).value();
  for (const unsigned threads : {2U, 3U, 7U}) {
    const SearchResult shortest = search(flat, {}, with_budget(120, 1, threads)).value();
    CHECK(shortest.placement.starts == flat_alone.placement.starts);
    CHECK(shortest.schedules == flat_alone.schedules);
    const SearchResult soonest = search(migration, made.objective, with_budget(150, 1, threads)).value();
    CHECK(soonest.placement.starts == migration_alone.placement.starts);
    CHECK(soonest.standing == migration_alone.standing);
  }
}

TEST_CASE("search: is never worse than a priority rule or the order that it is given") {
  for (std::uint64_t seed = 0; seed < 12; ++seed) {
    const Project flat = network(30, seed);
    const Site site(flat);
    const SearchResult result = search(flat, {}, with_budget(5)).value();
    for (const Keys& keys : priority_rules(site)) {
      const auto placement = place_in_order(flat, order_by(flat, keys)).value();
      CHECK(result.standing <= standing_of(flat, {}, placement));
    }
    const auto given = in_given_order(flat);
    const auto placement = place_in_order(flat, given).value();
    CHECK(search(flat, {}, with_budget(1), given).value().standing <= standing_of(flat, {}, placement));
  }
}

TEST_CASE("search: stops when a bound proves the makespan, and when the caller says so") {
  const Project chain = project_of(9).activity(4).activity(5).after(0, 1).build();
  const SearchResult proven = search(chain, {}, with_budget(1000)).value();
  CHECK(proven.stopped_by == StoppedBy::Proof);
  CHECK(proven.schedules == 1);
  const Project flat = network(60, 0);
  SearchOptions options = with_budget(1'000'000'000);
  int asked = 0;
  options.should_stop = [&] { return ++asked == 3; };
  const SearchResult stopped = search(flat, {}, options).value();
  CHECK(stopped.stopped_by == StoppedBy::Caller);
  CHECK(wrong_with(flat, stopped.placement).empty());
  const GeneratedMigration made = generated_migration(30, 500, 1);
  const Project migration = Project::create(made.parts).value();
  asked = 0;
  CHECK(search(migration, made.objective, options).value().stopped_by == StoppedBy::Caller);
  CHECK(search(flat, {}, with_budget(500)).value().stopped_by == StoppedBy::Budget);
}

TEST_CASE("search: a project without activities, or of events alone, takes no time") {
  CHECK(search(project_of(3).build(), {}, {}).value().standing.back() == 0);
  CHECK(search(project_of(0).build(), {}, {}).value().standing.back() == 0);
  const Project events = project_of(3).activity(0).activity(0).after(0, 1).build();
  CHECK(search(events, {}, {}).value().placement.starts == std::vector<Day>{0, 0});
}

TEST_CASE("search: finds no placement where the timeline is too short") {
  ProjectParts parts = generated_network(swept_kind(20, 0), 1);
  const Day shortest = static_cast<Day>(search(Project::create(parts).value(), {}, {}).value().standing.back());
  const auto cut = [&](Day days) {
    ProjectParts result = parts;
    result.timeline = Timeline::every_day(days);
    for (auto& capacity : result.capacities) capacity.resize(static_cast<std::size_t>(days));
    return Project::create(result).value();
  };
  CHECK(search(cut(shortest), {}, with_budget(20'000)).has_value());
  CHECK_FALSE(search(cut(lower_bounds(cut(shortest), true).best() - 1), {}, with_budget(500)).has_value());
}

TEST_CASE("search: both decoders place an order alike") {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    NetworkKind kind = swept_kind(40, seed);
    kind.resources = seed % 2 == 0 ? 4 : 7;
    const Project project = Project::create(generated_network(kind, seed)).value();
    const FlatNetwork flat = FlatNetwork::of(project).value();
    FlatDecoder decoder(flat);
    const auto order = in_given_order(project);
    decoder.place(FlatNetwork::Direction::Forward, FlatDecoder::Scheme::Serial, order.data());
    CHECK(decoder.starts() == place_in_order(project, order).value().starts);
    decoder.place(FlatNetwork::Direction::Forward, FlatDecoder::Scheme::Parallel, order.data());
    CHECK(wrong_with(project, {decoder.starts(), decoder.finishes()}).empty());
  }
}

}  // namespace
}  // namespace migplan
