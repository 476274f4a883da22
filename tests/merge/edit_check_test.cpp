// What of an edited text is read again, and what is found wrong in it.
#include "migplan/merge/edit_check.hpp"

#include <catch2/catch.hpp>

#include "merging_support.hpp"

using namespace migplan;
using namespace migplan::test;

namespace {

constexpr const char* kThree =
    "services:\n"
    "  - name: cart\n    debt: {sonar_debt_days: 3}\n"
    "  - name: mail\n    debt: {sonar_debt_days: 4}\n    stack: [java]\n"
    "  - name: stock\n    debt: {sonar_debt_days: 5}\n";

struct Edited {
  explicit Edited(std::vector<NamedReport> reports) : merging(kThree) {
    merging.on_conflict = OnConflict::Replace;
    merging.adds = true;
    merged = merging.merge(std::move(reports));
    edits = merging.edits(merged);
  }
  [[nodiscard]] Reread part() const { return reread_text(merging.placed->layout, edits, merged.changes, 0); }
  [[nodiscard]] std::string wrong() const {
    const Reread again = part();
    const auto read = reread(again.text, "part", TextSyntax::Yaml);
    return read.is_ok()
               ? difference(merging.placed->layout, again.changes, merged.new_services, read.value(), again.is_whole)
               : "not readable";
  }

  Merging merging;
  Merged merged;
  std::vector<TextEdit> edits;
};

NamedReport days(std::string service, std::string text) {
  return report_of("sonarqube", fact(std::move(service), "debt.sonar_debt_days", number(std::move(text))));
}
NamedReport gc(std::string service, std::string name) {
  return report_of("csv", fact(std::move(service), "runtime.gc", ObservedText{std::move(name)}));
}

}  // namespace

TEST_CASE("edit check: a number in the place of a number is not read again") {
  const Edited all({days("cart", "7.5"), days("stock", "6")});
  CHECK(all.part().text == "services: []\n");
  CHECK(all.part().changes.empty());
  CHECK(all.wrong().empty());
}

TEST_CASE("edit check: entries that change otherwise are read again, beside the name, and nothing else is") {
  const Edited some({days("cart", "7.5"), gc("mail", "G1")});
  CHECK(some.part().text == "services:\n  - name: mail\n    runtime:\n      gc: G1\n");
  CHECK(some.part().changes.size() == 1);
  CHECK(some.wrong().empty());
  // Both in one service: its number is read again too.
  const Edited both({days("stock", "7.5"), gc("stock", "G1")});
  CHECK(both.part().text ==
        "services:\n  - name: stock\n    debt: {sonar_debt_days: 7.5}\n    runtime:\n      gc: G1\n");
  CHECK(both.part().changes.size() == 2);
  CHECK(both.wrong().empty());
}

TEST_CASE("edit check: a service that is added behind one whose number changed is read again") {
  const Edited added({days("stock", "7.5"), days("till", "1")});
  CHECK(added.part().text == "services:\n  - name: till\n    debt: {sonar_debt_days: 1}\n");
  CHECK(added.wrong().empty());
}

TEST_CASE("edit check: an edit that is not what was decided is found, wherever it went wrong") {
  const auto with_edit = [](const auto& spoil) {
    Edited spoiled({days("cart", "7.5"), days("mail", "8")});
    REQUIRE(spoiled.edits.size() == 2);
    REQUIRE(spoiled.wrong().empty());
    spoil(spoiled.edits);
    return spoiled.wrong();
  };
  CHECK(with_edit([](auto& edits) { edits[0].text = "7.6"; }) ==
        "cart: debt.sonar_debt_days would be \"7.6\", expected \"7.5\"");
  CHECK(with_edit([](auto& edits) { edits[0].text = "7.5, high_risk_vulnerabilities: 1"; }) ==
        "cart: debt.high_risk_vulnerabilities would be \"1\", expected nothing");
  CHECK(with_edit([](auto& edits) { edits[1].end += 1; }) == "not readable");
  CHECK(with_edit([](auto& edits) { edits.pop_back(); }) ==
        "mail: debt.sonar_debt_days would be \"4\", expected \"8\"");
}
