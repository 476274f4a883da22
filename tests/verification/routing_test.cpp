#include "migplan/verification/routing.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace migplan;

namespace {

CanaryPolicy policy() {
  CanaryPolicy rules;
  rules.header = "X-Gray-Flag";
  rules.header_value = "true";
  return rules;
}

RoutedLog routed(Percent share, std::uint64_t requests, std::uint64_t seed = 1) {
  const CanaryPolicy rules = policy();
  const RoutingRule rule(rules, share, seed);
  RoutedLog log;
  for (std::uint64_t i = 0; i < requests; ++i) {
    const std::string trace = "trace-" + std::to_string(i);
    log.add(rule, {trace, std::nullopt, i + 1});
  }
  return log;
}

std::uint64_t count(const RoutedLog& log, GreyRoute route) { return log.routed[static_cast<std::size_t>(route)]; }

}  // namespace

TEST_CASE("routing: the header goes before the ratio, also at 0 %", "[verification]") {
  const CanaryPolicy rules = policy();
  const RoutingRule rule(rules, Percent{}, 1);
  CHECK(rule({"t", "true", 1}) == GreyRoute::NewByHeader);
  CHECK(rule({"t", std::nullopt, 1}) == GreyRoute::Old);
  CHECK(rule({"t", "True", 1}) == GreyRoute::Old);
  CHECK(rule.is_other_value({"t", "True", 1}));
  CHECK_FALSE(rule.is_other_value({"t", "true", 1}));
  CHECK_FALSE(rule.is_other_value({"t", std::nullopt, 1}));
}

TEST_CASE("routing: the ratio is met, by trace id", "[verification]") {
  CHECK(count(routed(Percent{}, 10'000), GreyRoute::NewByRatio) == 0);
  CHECK(count(routed(Percent::whole(100), 10'000), GreyRoute::NewByRatio) == 10'000);
  // 5 % of 100,000 are 5000; the standard deviation is sqrt(100,000 * 0.05 * 0.95) = 69.
  const std::uint64_t found = count(routed(Percent::whole(5), 100'000), GreyRoute::NewByRatio);
  CHECK(found > 5000 - 4 * 69);
  CHECK(found < 5000 + 4 * 69);
  CHECK(count(routed(Percent::whole(5), 100'000, 2), GreyRoute::NewByRatio) != found);

  const CanaryPolicy rules = policy();
  const RoutingRule rule(rules, Percent::whole(50), 1);
  int moved = 0;
  for (std::uint64_t line = 1; line <= 100; ++line) {
    CHECK(rule({"same", std::nullopt, line}) == rule({"same", std::nullopt, 1}));
    moved += rule({"", std::nullopt, line}) == GreyRoute::Old ? 0 : 1;  // without an id each line is drawn for
  }
  CHECK(moved > 25);
  CHECK(moved < 75);
}

TEST_CASE("routing: who is new at a small share stays so at a greater one", "[verification]") {
  const CanaryPolicy rules = policy();
  const RoutingRule small(rules, Percent::whole(5), 1), great(rules, Percent::whole(20), 1);
  for (int i = 0; i < 1000; ++i) {
    const std::string trace = std::to_string(i);
    const LoggedRequest request{trace, std::nullopt, 1};
    if (small(request) == GreyRoute::NewByRatio) CHECK(great(request) == GreyRoute::NewByRatio);
  }
}

TEST_CASE("routing: what a log holds is counted", "[verification]") {
  const CanaryPolicy rules = policy();
  const RoutingRule rule(rules, Percent::whole(100), 1);
  RoutedLog log;
  log.add(rule, {"a", "true", 1});
  log.add(rule, {"b", "yes", 2});
  log.add(rule, {"", std::nullopt, 3});
  CHECK(log.requests() == 3);
  CHECK(log.with_header == 2);
  CHECK(log.other_values == 1);
  CHECK(log.without_trace == 1);
}
