// Conditions over named values; the grammar as such is tested with the filters of tables.

#include "migplan/model/condition.hpp"

#include <array>
#include <catch2/catch.hpp>
#include <string>
#include <string_view>

using namespace migplan;

namespace {

constexpr std::array<ConditionName, 4> kNames{{{"tier", false}, {"score", true}, {"stack", false}, {"elastic", false}}};

// tier S, score 88.5, stack "java8; nacos-config", elastic not known.
bool is_so(const ConditionTest& test) {
  switch (test.name) {
    case 0: return test.holds(std::string_view("S"));
    case 1: return test.holds(Number{885, 1});
    case 2: return test.holds(std::string_view("java8; nacos-config"));
    default: return test.holds(ConditionValue{});
  }
}

std::string because(std::string_view expression) {
  const auto condition = Condition::parse(expression, kNames, "fact");
  if (!condition.is_ok()) return to_string(condition.issues().kept().front());
  return condition.value().because(is_so);
}

}  // namespace

TEST_CASE("condition: what made it true is told in its own words") {
  CHECK(because("tier==S") == "tier==S");
  CHECK(because("tier == B || score >= 88.5") == "score >= 88.5");
  CHECK(because("tier == S && (stack ~ dubbo || stack ~ nacos)") == "tier == S && stack ~ nacos");
  CHECK(because("!stack ~ dubbo && score > 80") == "!stack ~ dubbo && score > 80");
  CHECK(because("tier == S && !(score < 10 || tier == A)") == "tier == S && !(score < 10 || tier == A)");
}

TEST_CASE("condition: what is false has no reason") {
  CHECK(because("tier == A").empty());
  CHECK(because("tier == S && score > 90").empty());
}

TEST_CASE("condition: what is not known is equal to null only") {
  CHECK(because("elastic == null") == "elastic == null");
  CHECK(because("elastic == true").empty());
  CHECK(because("elastic == false").empty());
  CHECK(because("elastic != true") == "elastic != true");
}

TEST_CASE("condition: it may go over several lines") {
  CHECK(because("tier == S\n  && score > 1") == "tier == S && score > 1");
}

TEST_CASE("condition: an unknown name is told with its place and the nearest one") {
  CHECK(because("tier == S && scroe > 5") == ":1:14: error: unknown fact \"scroe\" (did you mean score?)");
  CHECK(because("tier") == ":1:5: error: expected one of == != < <= > >= ~");
}

TEST_CASE("condition: its tests stand in the order of the text") {
  const auto condition = Condition::parse("score>1 || (tier==S && elastic==true)", kNames, "fact");
  REQUIRE(condition.is_ok());
  std::string names;
  for (const ConditionTest& test : condition.value().tests()) names += std::string(kNames[test.name].name) + " ";
  CHECK(names == "score tier elastic ");
}
