// What becomes of reports: names, conflicts, vulnerabilities, strong and weak.
#include "migplan/merge/merging.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "merging_support.hpp"

using namespace migplan;
using namespace migplan::test;

namespace {

const std::string kShop =
    "services:\n  - {name: cart, kind: core, debt: {sonar_debt_days: 3}}\n  - {name: stock}\n  - {name: mail}\n";

NamedReport days(std::string tool, std::string service, std::string text) {
  return report_of(std::move(tool), fact(std::move(service), "debt.sonar_debt_days", number(std::move(text))));
}

struct Call {
  std::string caller, callee;
  std::optional<std::uint64_t> calls{}, failed{};
  EndpointKind kind = EndpointKind::Service;
};
NamedReport graph(std::string tool, const std::vector<Call>& calls) {
  Observations said;
  for (const Call& one : calls) {
    said.calls.push_back({.caller = one.caller,
                          .callee = one.callee,
                          .callee_kind = one.kind,
                          .calls = one.calls,
                          .failed = one.failed});
  }
  return report_of(std::move(tool), std::move(said));
}

std::vector<std::string> changed(const Merged& merged) {
  std::vector<std::string> rows;
  for (const FactChange& c : merged.changes) {
    rows.push_back(c.service + " " + c.fact + " " + c.before.value_or("-") + " -> " + (c.now.empty() ? "-" : c.now));
  }
  return rows;
}
using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("merging: names match exactly, then by alias, then by pattern; the rest is listed on both sides") {
  Merging shop(kShop);
  shop.names.aliases = {{"stock", "warehouse"}, {"stock", "cart"}};  // cart is a service itself: its own name wins
  shop.names.patterns = {{"registry/shop/*:*", "$1"}};
  const Merged merged =
      shop.merge({days("sonarqube", "warehouse", "1"), days("sonarqube", "registry/shop/mail:1.2:x", "2"),
                  days("sonarqube", "carts", "9"), days("sonarqube", "registry/shop/none:1", "9")});
  CHECK(changed(merged) == Texts{"stock debt.sonar_debt_days - -> 1", "mail debt.sonar_debt_days - -> 2"});
  REQUIRE(merged.unmatched.size() == 3);
  CHECK(merged.unmatched[0].name == "carts");
  CHECK(merged.unmatched[0].nearest == "cart");
  CHECK(merged.unmatched[1].name == "registry/shop/none:1");
  CHECK(merged.unmatched[1].why.find("\"none\", which is no service of the inventory") != std::string::npos);
  CHECK((merged.unmatched[2].is_ours && merged.unmatched[2].name == "cart"));
}

TEST_CASE("merging: a name that cannot be a service's is refused where services are added, never changed") {
  Merging shop(kShop);
  shop.adds = true;
  const Merged merged = shop.merge({days("sonarqube", "Order Service", "1")});
  REQUIRE(merged.issues.errors() == 1);
  CHECK(merged.issues.kept()[0].message.find("\"Order Service\"") == 0);
  shop.names.aliases = {{"orders", "Order Service"}};
  CHECK(shop.merge({days("sonarqube", "Order Service", "1")}).new_services == Texts{"orders"});
}

TEST_CASE("merging: a fact that stands is reported, kept or replaced") {
  Merging shop(kShop);
  const Merged reported = shop.merge({days("sonarqube", "cart", "5")});
  CHECK(reported.changes.empty());
  REQUIRE(reported.conflicts.size() == 1);
  CHECK(reported.conflicts[0].before == "3");
  CHECK(reported.conflicts[0].before_from == "services.yaml:2");
  CHECK(reported.has_open_conflicts());
  shop.on_conflict = OnConflict::Keep;
  CHECK_FALSE(shop.merge({days("sonarqube", "cart", "5")}).has_open_conflicts());
  shop.on_conflict = OnConflict::Replace;
  CHECK(changed(shop.merge({days("sonarqube", "cart", "5")})) == Texts{"cart debt.sonar_debt_days 3 -> 5"});
  shop.policy.kept = {"debt.*"};
  const Merged kept = shop.merge({days("sonarqube", "cart", "5")});
  CHECK(kept.changes.empty());
  CHECK(kept.conflicts.at(0).kept_by == "policy");
}

TEST_CASE("merging: what the same tool said before, and nobody changed, is brought up to date") {
  Merging shop(kShop);
  shop.earlier = Provenance({{"cart", "debt.sonar_debt_days", "3", {"old.json", "", "sonarqube", "", ""}}});
  CHECK(changed(shop.merge({days("sonarqube", "cart", "5")})) == Texts{"cart debt.sonar_debt_days 3 -> 5"});
  CHECK(shop.merge({days("other", "cart", "5")}).conflicts.size() == 1);
  shop.earlier = Provenance({{"cart", "debt.sonar_debt_days", "2", {"old.json", "", "sonarqube", "", ""}}});
  CHECK(shop.merge({days("sonarqube", "cart", "5")}).conflicts.size() == 1);
}

TEST_CASE("merging: two reports that contradict each other change nothing, whatever is done with conflicts") {
  Merging shop(kShop);
  shop.on_conflict = OnConflict::Replace;
  const Merged merged = shop.merge({days("sonarqube", "stock", "1"), days("csv", "stock", "2"),
                                    days("csv", "mail", "1.0"), days("sonarqube", "mail", "1")});
  CHECK(changed(merged) == Texts{"mail debt.sonar_debt_days - -> 1"});
  REQUIRE(merged.conflicts.size() == 1);
  CHECK(merged.conflicts[0].kind == ConflictKind::Contradiction);
  CHECK(merged.has_open_conflicts());
}

TEST_CASE("merging: high-risk vulnerabilities are united over scanners; a clean scan is 0, no scan is none") {
  const auto scan = [](std::string tool, std::vector<std::string> subjects, std::vector<ObservedVulnerability> found) {
    Observations said;
    said.covers_vulnerabilities = true;
    said.subjects = std::move(subjects);
    said.vulnerabilities = std::move(found);
    return report_of(std::move(tool), std::move(said));
  };
  Merging shop(kShop);
  const Merged merged = shop.merge({
      scan("trivy", {"cart", "stock"},
           {{"cart", "CVE-1", "log4j", FindingSeverity::High, {}},
            {"cart", "CVE-2", "log4j", FindingSeverity::Medium, {}}}),
      scan("grype", {"cart"},
           {{"cart", "CVE-1", "log4j", FindingSeverity::Critical, {}},
            {"cart", "CVE-1", "jackson", FindingSeverity::High, {}},
            {"cart", "CVE-2", "log4j", FindingSeverity::High, {}}}),
  });
  // (1, log4j), (1, jackson) and (2, log4j), which one scanner holds for HIGH.
  CHECK(changed(merged) ==
        Texts{"cart debt.high_risk_vulnerabilities - -> 3", "stock debt.high_risk_vulnerabilities - -> 0"});
  CHECK(merged.changes[0].source.tool == "grype, trivy");
}

TEST_CASE("merging: a part of a scan proves what it found, and no absence") {
  Observations page;
  page.subjects = {"cart", "stock"};
  page.vulnerabilities = {{"cart", "CVE-1", "log4j", FindingSeverity::High, {}},
                          {"stock", "CVE-2", "log4j", FindingSeverity::Low, {}}};
  Merging shop(kShop);
  const auto merged = shop.merge({report_of("sonarqube", std::move(page))});
  CHECK(changed(merged) == Texts{"cart debt.high_risk_vulnerabilities - -> 1"});
}

TEST_CASE("merging: CVEs are united over the scanners that tell all of them, whatever their package and severity") {
  const auto scan = [](std::string tool, bool covers, std::vector<ObservedVulnerability> found) {
    Observations said;
    said.covers_cves = covers;
    said.subjects = {"cart", "stock"};
    said.vulnerabilities = std::move(found);
    return report_of(std::move(tool), std::move(said));
  };
  Merging shop(kShop);
  const Merged merged = shop.merge({
      scan("trivy", true,
           {{"cart", "CVE-1", "log4j", FindingSeverity::Low, {}}, {"cart", "CVE-1", "zlib", FindingSeverity::Low, {}}}),
      scan("grype", true,
           {{"cart", "CVE-1", "log4j", FindingSeverity::Medium, {}},
            {"cart", "CVE-2", "zlib", FindingSeverity::Unknown, {}},
            {"cart", "GHSA-1", "zlib", FindingSeverity::Low, {}}}),
      scan("sarif", false, {{"cart", "CVE-3", "log4j", FindingSeverity::Low, {}}}),
  });
  CHECK(changed(merged) == Texts{"cart platform.cve_count - -> 2", "stock platform.cve_count - -> 0"});
  CHECK(merged.changes[0].source.tool == "grype, trivy");
}

TEST_CASE("merging: nodes that are no services are left out and listed, calls to oneself dropped") {
  Merging shop(kShop);
  const Merged merged = shop.merge({graph("jaeger", {{"cart", "stock"},
                                                     {"cart", "cart"},
                                                     {"cart", "shop-mysql"},
                                                     {"stock", "shop-mysql"},
                                                     {"cart", "orders-topic", {}, {}, EndpointKind::Messaging},
                                                     {"unknown", "cart"},
                                                     {"cart", "mail", {}, {}, EndpointKind::Database}})});
  // mail is a service of ours, whatever the tool takes it for.
  CHECK(changed(merged) == Texts{"cart depends_on.mail - -> strong", "cart depends_on.stock - -> strong"});
  Texts left;
  for (const LeftOutNode& node : merged.left_out)
    left.push_back(node.name + " " + node.kind + " " + std::to_string(node.calls));
  CHECK(left == Texts{"orders-topic messaging 1", "shop-mysql database 2", "unknown unknown 1"});
  CHECK(merged.issues.warnings() + merged.issues.kept().size() > 0);
}

TEST_CASE("merging: strong by the share of calls, or by the failures that a caller passes on") {
  Merging shop(kShop);
  // Of cart's 100 calls 96 go to stock and 4 to mail: below 5 %.
  CHECK(changed(shop.merge({graph("jaeger", {{"cart", "stock", 96}, {"cart", "mail", 4}})})) ==
        Texts{"cart depends_on.mail - -> weak", "cart depends_on.stock - -> strong",
              "stock coupling.core_flow_calls - -> 96", "mail coupling.core_flow_calls - -> 4"});
  // stock sees 20 calls of mail fail and fails 10 times itself: half, which is enough; with 9 it is not.
  const auto failing = [&shop](std::uint64_t failed_in) {
    const Merged merged =
        shop.merge({graph("istio", {{"cart", "stock", 1000, failed_in}, {"stock", "mail", 1000, 20}})});
    const auto at = std::find_if(merged.changes.begin(), merged.changes.end(),
                                 [](const auto& c) { return c.fact == "depends_on.mail"; });
    return at == merged.changes.end() ? std::string() : at->now;
  };
  CHECK(failing(10) == "strong");
  CHECK(failing(9) == "weak");
}

TEST_CASE("merging: a list of dependencies that stands is a person's word") {
  const std::string text =
      "services:\n  - {name: a, depends_on: [{service: b, strength: weak}]}\n  - {name: b}\n  - {name: c}\n";
  Merging shop(text);
  // Without numbers a graph says nothing of weak or strong.
  const Merged merged = shop.merge({graph("konveyor", {{"a", "b"}, {"a", "c"}})});
  CHECK(merged.changes.empty());
  REQUIRE(merged.conflicts.size() == 1);
  CHECK(merged.conflicts[0].fact == "depends_on.c");
  shop.on_conflict = OnConflict::Replace;
  CHECK(changed(shop.merge({graph("konveyor", {{"a", "b"}, {"a", "c"}})})) == Texts{"a depends_on.c - -> strong"});
  shop.on_conflict = OnConflict::Report;
  shop.earlier = Provenance({{"a", "depends_on.b", "weak", {"old.csv", "", "konveyor", "", ""}}});
  CHECK(changed(shop.merge({graph("konveyor", {{"a", "b"}, {"a", "c"}})})) == Texts{"a depends_on.c - -> strong"});
}

TEST_CASE("merging: an external dependency that a person states is one") {
  Observations said;
  said.calls.push_back(
      {.caller = "cart", .callee = "sms", .callee_kind = EndpointKind::Outside, .strength = Strength::Weak});
  Merging shop(kShop);
  const auto merged = shop.merge({report_of("csv", std::move(said))});
  CHECK(changed(merged) == Texts{"cart depends_on.sms - -> weak external"});
}

TEST_CASE("merging: the order of the reports changes nothing") {
  Merging shop(kShop);
  std::vector<NamedReport> reports{days("sonarqube", "stock", "1"), days("csv", "mail", "2"),
                                   graph("jaeger", {{"cart", "mail", 7}}),
                                   graph("kiali", {{"cart", "mail", 9}, {"cart", "stock", 1}})};
  const Texts forward = changed(shop.merge(reports));
  std::reverse(reports.begin(), reports.end());
  CHECK(changed(shop.merge(reports)) == forward);
}
