#include "migplan/merge/name_matcher.hpp"

#include <catch2/catch.hpp>

#include "migplan/base/wildcard.hpp"

using namespace migplan;

TEST_CASE("wildcard: a star stands for any characters, as few as possible from the left") {
  using Parts = std::vector<std::string_view>;
  CHECK(wildcard_parts("a*c", "abc") == Parts{"b"});
  CHECK(wildcard_parts("*:*", "x:y:z") == Parts{"x", "y:z"});
  CHECK(wildcard_parts("*-svc", "a-svc-svc") == Parts{"a-svc"});
  CHECK(wildcard_parts("same", "same") == Parts{});
  CHECK_FALSE(wildcard_parts("a*c", "abd"));
  CHECK_FALSE(wildcard_parts("ab*bc", "abc"));  // the b is one letter, not two
  CHECK(matches_wildcard("*", ""));
  CHECK(matches_wildcard("*a*b", "xxaxxb"));
  CHECK_FALSE(matches_wildcard("*a*b", "xxbxxa"));
  // A search that tries every way would not come back.
  CHECK_FALSE(matches_wildcard("*a*a*a*a*a*a*a*a*b", std::string(5000, 'a')));
}

TEST_CASE("wildcard: $1 is what the first star stands for, $$ a dollar sign") {
  CHECK(fill_in("$2-$1$$", {"a", "b"}) == "b-a$");
  CHECK(greatest_reference("x") == 0U);
  CHECK(greatest_reference("$1-$3") == 3U);
  CHECK_FALSE(greatest_reference("$"));
  CHECK_FALSE(greatest_reference("$x"));
}

TEST_CASE("name rules: one name for two services, and a reference to no star, are errors") {
  NameRules rules;
  rules.aliases = {{"a", "x", {2, 3}}, {"b", "x", {3, 3}}, {"a", "x", {4, 3}}};
  rules.patterns = {{"*-svc", "$2", {6, 3}}, {"y", "$q", {7, 3}}};
  const Issues issues = name_rule_issues(rules, "names.yaml");
  REQUIRE(issues.errors() == 3);
  CHECK(to_string(issues.kept()[0]) == "names.yaml:3:3: error: aliases.b: \"x\" is an alias of a already");
  CHECK(issues.kept()[1].message == "found $2, but \"*-svc\" has 1 *");
}
