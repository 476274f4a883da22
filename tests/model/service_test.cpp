#include "migplan/model/service.hpp"

#include <catch2/catch.hpp>

#include "builders.hpp"

namespace migplan {
namespace {

TEST_CASE("Service: names of kinds states and modes are those of the files", "[model]") {
  CHECK(name_of(Kind::LongTail) == "long-tail");
  CHECK(name_of(Kind::Core) == "core");
  CHECK(name_of(Kind::Standard) == "standard");
  CHECK(name_of(Status::PendingEvaluation) == "pending-evaluation");
  CHECK(name_of(Status::CodeFrozen) == "code-frozen");
  CHECK(name_of(Status::InDevelopment) == "in-development");
  CHECK(name_of(Status::InAdmission) == "in-admission");
  CHECK(name_of(Status::InCanary) == "in-canary");
  CHECK(name_of(Status::CutOver) == "cut-over");
  CHECK(name_of(Status::Retired) == "retired");
  CHECK(name_of(Strength::Strong) == "strong");
  CHECK(name_of(Strength::Weak) == "weak");
  CHECK(name_of(TransactionMode::At) == "at");
  CHECK(name_of(TransactionMode::Saga) == "saga");
  CHECK(name_of(TransactionMode::Tcc) == "tcc");
}

TEST_CASE("Service: a service without details has empty ones", "[model]") {
  const Service bare;
  CHECK_FALSE(details_of(bare).effort.is_known());
  CHECK(details_of(bare).transactions.empty());
}

TEST_CASE("Service: a dependency list that is empty is told from none", "[model]") {
  CHECK_FALSE(testing::service("cart").alone().has_dependency_list);
  CHECK(testing::service("cart").calls_nothing().alone().has_dependency_list);
}

}  // namespace
}  // namespace migplan
