// What a declared transaction becomes, and what is wrong with it.

#include "migplan/playbook/transaction_plan.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

using namespace migplan;

namespace {

TransactionStep step(std::string_view action, std::string_view compensation, std::vector<std::string_view> carries = {},
                     std::vector<std::string_view> needs = {}, std::string_view reserves = {}) {
  return {"s", action, compensation, std::move(carries), std::move(needs), reserves, true};
}

Transaction transaction(TransactionMode mode, std::vector<TransactionStep> steps) {
  return {"t", mode, std::move(steps)};
}

std::vector<std::string> found(const Transaction& of, Severity least = Severity::Note) {
  std::vector<std::string> lines;
  for (const TransactionFinding& finding : transaction_plan(of).findings) {
    if (finding.severity < least) continue;
    lines.push_back(std::string(name_of(finding.severity)) + " " + std::to_string(finding.step) + " " +
                    finding.message);
  }
  return lines;
}
using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("transaction: AT becomes TCC where a step reserves, a Saga otherwise") {
  const Transaction saga = transaction(TransactionMode::At, {step("a", "b")});
  CHECK(transaction_plan(saga).target == TransactionTarget::Saga);
  CHECK(transaction_plan(saga).why == "no step reserves a resource");
  const Transaction tcc =
      transaction(TransactionMode::At, {step("a", "b"), step("reserveStock", "releaseStock", {}, {}, "stock")});
  CHECK(transaction_plan(tcc).target == TransactionTarget::Tcc);
  CHECK(transaction_plan(tcc).why == "step 2 reserves stock");
}

TEST_CASE("transaction: what is a Saga or TCC already stays so, with a word where the other would fit better") {
  const Transaction saga = transaction(TransactionMode::Saga, {step("a", "b", {}, {}, "stock")});
  CHECK(transaction_plan(saga).target == TransactionTarget::Saga);
  CHECK(found(saga) == Lines{"warning 0 is declared as saga, but step 1 reserves stock: TCC would fit better"});
  const Transaction tcc = transaction(TransactionMode::Tcc, {step("a", "b")});
  CHECK(transaction_plan(tcc).target == TransactionTarget::Tcc);
  CHECK(found(tcc) == Lines{"warning 0 is declared as tcc, but no step reserves a resource: a Saga would fit better"});
}

TEST_CASE("transaction: each step has a compensation") {
  CHECK(found(transaction(TransactionMode::At, {step("a", ""), step("b", "undo")})) ==
        Lines{"error 1 a has no compensation"});
  // Nor does what is not there need anything.
  CHECK(found(transaction(TransactionMode::At, {step("a", "", {}, {"order_id"})})) ==
        Lines{"error 1 a has no compensation"});
}

TEST_CASE("transaction: what a compensation needs is carried by its step or one before") {
  const auto make = [](std::vector<std::string_view> first, std::vector<std::string_view> second) {
    return transaction(TransactionMode::At, {step("a", "undoA", std::move(first), {"order_id"}),
                                             step("b", "undoB", std::move(second), {"order_id", "xid"})});
  };
  CHECK(found(make({"order_id"}, {})).empty());
  CHECK(found(make({}, {"order_id"})) ==
        Lines{"error 1 undoA needs order_id, which only step 2 carries, and that has not run when step 2 fails"});
  CHECK(found(make({}, {})) == Lines{"error 1 undoA needs order_id, which no step carries",
                                     "error 2 undoB needs order_id, which no step carries"});
}

TEST_CASE("transaction: a step that does more when it runs twice is an error, one that does not say a warning") {
  Transaction of = transaction(TransactionMode::At, {step("a", "b")});
  of.steps[0].is_idempotent = false;
  CHECK(found(of) == Lines{"error 1 a does more when it runs twice, but steps and compensations may be sent again"});
  of.steps[0].is_idempotent.reset();
  CHECK(found(of) == Lines{"warning 1 a does not say whether running it twice does more"});
  of.steps[0].reserves = "stock";
  of.steps[0].is_idempotent = false;
  CHECK(found(of) == Lines{"error 1 a does more when it runs twice, but Try, Confirm and Cancel may be sent again"});
}

TEST_CASE("transaction: Confirm and Cancel take the id only, so Try keeps the rest") {
  const Transaction of =
      transaction(TransactionMode::At, {step("a", "b", {"item_id", "count"}, {"item_id", "count", "xid"}, "stock")});
  CHECK(found(of) ==
        Lines{"note 1 Confirm and Cancel take the id of the transaction only: Try keeps item_id, count beside it"});
  CHECK(found(of, Severity::Warning).empty());
}

TEST_CASE("transaction: without steps nothing can be undone") {
  CHECK(found(transaction(TransactionMode::At, {})) ==
        Lines{"error 0 names no steps: nothing says what is undone, and how"});
}
