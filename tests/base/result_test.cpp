#include "migplan/base/result.hpp"

#include <catch2/catch.hpp>
#include <memory>
#include <string>

namespace migplan {
namespace {

Issues one(Severity severity) {
  Issues issues;
  issues.add({severity, "a.yaml", {1, 1}, "", "odd"});
  return issues;
}

TEST_CASE("Result: warnings may stand beside a value", "[base]") {
  const Result<std::string> result(std::string("value"), one(Severity::Warning));
  REQUIRE(result.is_ok());
  CHECK(result.value() == "value");
  CHECK(result.issues().warnings() == 1);
}

TEST_CASE("Result: errors never stand beside a value", "[base]") {
  const Result<std::string> result(std::string("value"), one(Severity::Error));
  CHECK_FALSE(result.is_ok());
  CHECK(result.issues().errors() == 1);
}

TEST_CASE("Result: a value that can only be moved is moved out", "[base]") {
  Result<std::unique_ptr<int>> result(std::make_unique<int>(7));
  REQUIRE(result.is_ok());
  const std::unique_ptr<int> value = std::move(result).value();
  CHECK(*value == 7);
}

TEST_CASE("Result: one issue makes a failed result", "[base]") {
  const Result<int> result(Issue{Severity::Error, "", {}, "", "odd"});
  CHECK_FALSE(result.is_ok());
  CHECK(result.issues().kept().size() == 1);
}

}  // namespace
}  // namespace migplan
