// Import after import: what a later run may change, and what it may not.
#include <algorithm>
#include <catch2/catch.hpp>

#include "merging_support.hpp"

using namespace migplan;
using namespace migplan::test;

namespace {

using Texts = std::vector<std::string>;
using Pairs = std::vector<std::pair<std::string, std::string>>;

// Three services that nothing is known of.
const std::string kThree = "services:\n  - {name: a}\n  - {name: b}\n  - {name: c}\n";

// A sheet that lists all dependencies of a service.
NamedReport sheet(const std::string& caller, const Texts& callees) {
  Observations said;
  said.subjects = {caller};
  said.whole_callers = {caller};
  for (const std::string& callee : callees) said.calls.push_back({.caller = caller, .callee = callee});
  return report_of("csv", std::move(said));
}

NamedReport graph(const std::string& tool, const Pairs& calls) {
  Observations said;
  for (const auto& [caller, callee] : calls) said.calls.push_back({.caller = caller, .callee = callee});
  return report_of(tool, std::move(said));
}

NamedReport scan(const std::string& tool, const Texts& ids, bool is_whole = true) {
  Observations said;
  said.subjects = {"a"};
  said.covers_vulnerabilities = said.covers_cves = is_whole;
  said.lists_cves = true;
  for (const std::string& id : ids) said.vulnerabilities.push_back({"a", id, "log4j", FindingSeverity::High, {}});
  NamedReport report = report_of(tool, std::move(said));
  report.file = tool + ".json";
  return report;
}

// An inventory that is imported into again and again; a person may write into it between.
struct Refreshed {
  std::string text = kThree;
  Provenance provenance{};
  OnConflict on_conflict = OnConflict::Report;
  Merged last{};

  // The conflicts that are open.
  std::size_t import(std::vector<NamedReport> reports) {
    Merging merging(text);
    REQUIRE(merging.issues.is_empty());
    merging.earlier = provenance;
    merging.on_conflict = on_conflict;
    last = merging.merge(std::move(reports));
    text = with_edits(text, merging.edits(last));
    provenance = last.provenance;
    return static_cast<std::size_t>(
        std::count_if(last.conflicts.begin(), last.conflicts.end(), [](const auto& c) { return c.kept_by.empty(); }));
  }
  [[nodiscard]] bool has(std::string_view part) const { return text.find(part) != std::string::npos; }
  // The first problem that says this.
  [[nodiscard]] std::string said(std::string_view part) const {
    for (const Issue& issue : last.issues.kept()) {
      if (issue.message.find(part) != std::string::npos) return issue.message;
    }
    return {};
  }
};

}  // namespace

TEST_CASE("merging: a callee that matches nothing is no proof that a service depends on nothing") {
  Refreshed shop;
  CHECK(shop.import({sheet("a", {"zz"})}) == 0);
  CHECK(shop.text == kThree);
  CHECK(shop.said("a calls zz") == "a calls zz, which matched nothing: it is not said to depend on nothing");
  shop.import({sheet("a", {"b"})});
  CHECK(shop.has("{name: a, depends_on: [{service: b}]}"));
  shop.import({sheet("a", {"b-service", "c"})});
  CHECK(shop.has("{name: a, depends_on: [{service: b}, {service: c}]}"));
  CHECK(shop.said("none of its dependencies goes") != "");
  // A database that the policy knows is no service: the list is whole.
  shop.import({sheet("a", {"c", "shop-mysql"})});
  CHECK(shop.has("{name: a, depends_on: [{service: c}]}"));
}

TEST_CASE("merging: a list that several tools have filled is refreshed by them, and by each alone") {
  Refreshed shop;
  CHECK(shop.import({graph("zipkin", {{"a", "b"}}), graph("jaeger", {{"b", "c"}})}) == 0);
  CHECK(shop.import({graph("zipkin", {{"a", "b"}}), graph("jaeger", {{"a", "c"}})}) == 0);
  CHECK(shop.has("{name: a, depends_on: [{service: b}, {service: c}]}"));
  // csv says that there is only c: b was imported by zipkin, which does not speak.
  CHECK(shop.import({sheet("a", {"c"})}) == 1);
  CHECK(shop.import({sheet("a", {"c"}), graph("zipkin", {{"b", "c"}})}) == 0);
  CHECK(shop.has("{name: a, depends_on: [{service: c}]}"));
}

TEST_CASE("merging: counts of several scanners are refreshed in any order and with one more; one less is a conflict") {
  Refreshed shop;
  CHECK(shop.import({scan("trivy", {"CVE-1"}), scan("grype", {"CVE-2"})}) == 0);
  CHECK(shop.provenance.find("a", "debt.high_risk_vulnerabilities")->source.tool == "grype, trivy");
  CHECK(shop.provenance.find("a", "debt.high_risk_vulnerabilities")->source.file == "grype.json, trivy.json");
  CHECK(shop.import({scan("grype", {"CVE-2", "CVE-3"}), scan("trivy", {"CVE-1"})}) == 0);
  CHECK(shop.has("high_risk_vulnerabilities: 3"));
  // SARIF has the tool's name as it writes itself.
  CHECK(shop.import({scan("grype", {}), scan("Trivy", {"CVE-1"}), scan("snyk", {})}) == 0);
  CHECK(shop.has("high_risk_vulnerabilities: 1"));
  CHECK(shop.import({scan("trivy", {}), scan("snyk", {})}) == 2);
  CHECK(shop.has("high_risk_vulnerabilities: 1"));
}

TEST_CASE("merging: a list that an import has emptied is filled by the next one") {
  Refreshed shop;
  shop.import({sheet("a", {"b"})});
  CHECK(shop.import({sheet("a", {})}) == 0);
  CHECK(shop.has("{name: a, depends_on: []}"));
  CHECK(shop.provenance.find("a", "depends_on.b") == nullptr);
  CHECK(shop.provenance.find("a", "depends_on")->value == "[]");
  CHECK(shop.import({sheet("a", {"c"})}) == 0);
  CHECK(shop.has("{name: a, depends_on: [{service: c}]}"));
  CHECK(shop.provenance.find("a", "depends_on") == nullptr);
}

TEST_CASE("merging: a dependency that went and that a person writes back is the person's") {
  Refreshed shop;
  shop.import({sheet("a", {"b", "c"})});
  shop.import({sheet("a", {"c"})});
  REQUIRE(shop.has("[{service: c}]"));
  shop.text.replace(shop.text.find("[{service: c}]"), 14, "[{service: c}, {service: b}]");
  CHECK(shop.import({sheet("a", {"c"})}) == 1);
  CHECK(shop.has("[{service: c}, {service: b}]"));
}

TEST_CASE("merging: a part of a scan raises a number and never lowers it") {
  Refreshed shop;
  shop.import({scan("trivy", {"CVE-1", "CVE-2", "CVE-3"})});
  CHECK(shop.import({scan("trivy", {"CVE-4"}, false)}) == 0);
  CHECK(shop.has("high_risk_vulnerabilities: 3"));
  CHECK(shop.has("cve_count: 3"));
  CHECK(shop.said("at least") ==
        "a: debt.high_risk_vulnerabilities is 1 at least, by what is known to be a part: 3 stays");
  shop.import({scan("trivy", {"CVE-1", "CVE-2", "CVE-3", "CVE-4"}, false)});
  CHECK(shop.has("high_risk_vulnerabilities: 4"));
  // Beside a whole scan the part adds what it found: 1 and 5.
  shop.import({scan("trivy", {"CVE-5"}, false), scan("trivy", {"CVE-1"})});
  CHECK(shop.has("high_risk_vulnerabilities: 2"));
}

TEST_CASE("merging: pages of one answer are whole when all are there") {
  const auto page = [](std::uint64_t number, Texts ids) {
    NamedReport report = scan("sonarqube", ids);
    report.said.page = ObservedPage{
        .query = "", .first = (number - 1) * 2, .listed = ids.size(), .total = 3, .number = number, .pages = 2};
    return report;
  };
  Refreshed shop;
  shop.import({page(1, {"K1", "K2"}), page(2, {"K3"})});
  CHECK(shop.has("high_risk_vulnerabilities: 3"));
  CHECK(shop.said("page") == "");
  CHECK(shop.import({page(2, {"K3"})}) == 0);
  CHECK(shop.has("high_risk_vulnerabilities: 3"));
  CHECK(shop.said("page") == "page 2 of 2: 1 of 3 issues");
  CHECK(shop.last.issues.warnings() == 1);
  shop.import({page(2, {"K3"}), page(1, {"K3", "K3"})});
  CHECK(shop.has("high_risk_vulnerabilities: 1"));
}

TEST_CASE("merging: failures that came through a gateway are passed on, too") {
  const auto calls = [](std::uint64_t failed_at_gateway) {
    Observations said;
    said.calls = {{.caller = "istio-ingressgateway", .callee = "a", .calls = 1000, .failed = failed_at_gateway},
                  {.caller = "c", .callee = "a", .calls = 100, .failed = 0},
                  {.caller = "a", .callee = "b", .calls = 1000, .failed = 500}};
    return report_of("zipkin", std::move(said));
  };
  // a sees 500 failures of b, and passes 500 on to the gateway: all; with 249 it is less than half.
  Refreshed strong, weak;
  strong.import({calls(500)});
  CHECK(strong.has("{name: a, depends_on: [{service: b}]}"));
  weak.import({calls(249)});
  CHECK(weak.has("{name: a, depends_on: [{service: b, strength: weak}]}"));
}

TEST_CASE("merging: --on-conflict keep closes what stands, whatever it stands against") {
  Refreshed shop;
  shop.on_conflict = OnConflict::Keep;
  shop.text = "services:\n  - &x\n    name: a\n    domain: d\n  - {name: b, domain: d}\n  - {name: c}\n";
  const auto domain = [](std::string tool, std::string service, std::string now) {
    return report_of(std::move(tool), fact(std::move(service), "domain", ObservedText{std::move(now)}));
  };
  CHECK(shop.import({domain("csv", "a", "e")}) == 0);
  CHECK(shop.last.conflicts.at(0).kind == ConflictKind::Tied);
  CHECK(shop.last.conflicts.at(0).kept_by == "--on-conflict keep");
  CHECK(shop.import({domain("csv", "b", "e"), domain("konveyor", "b", "f")}) == 0);
  CHECK(shop.last.conflicts.at(0).kind == ConflictKind::Contradiction);
  // Nothing stands that could be kept.
  CHECK(shop.import({domain("csv", "c", "e"), domain("konveyor", "c", "f")}) == 1);
}

TEST_CASE("merging: an older report does not replace a newer one without a word") {
  const auto taken = [](std::string when, Texts ids) {
    NamedReport report = scan("trivy", ids);
    report.said.origin.taken = std::move(when);
    return report;
  };
  Refreshed shop;
  shop.import({taken("2025-01-01T01:00:00+02:00", {"CVE-1"})});
  CHECK(shop.import({taken("2024-12-31T22:59:59Z", {})}) == 2);
  CHECK(shop.last.conflicts.at(0).kind == ConflictKind::Older);
  CHECK(shop.import({taken("2024-12-31T22:59:59Z", {"CVE-1"})}) == 0);
  CHECK(shop.provenance.find("a", "platform.cve_count")->source.taken == "2025-01-01T01:00:00+02:00");
  CHECK(shop.import({taken("2024-12-31T23:00:00Z", {})}) == 0);
}

TEST_CASE("merging: core flow calls follow the kind that is decided, and name every report") {
  Refreshed shop;
  shop.text =
      "services:\n  - {name: a, kind: core, depends_on: [{service: b}]}\n  - {name: b}\n  - {name: c, kind: core, "
      "depends_on: [{service: b}]}\n";
  shop.on_conflict = OnConflict::Keep;
  const auto calls = [](std::string tool, std::string caller, std::uint64_t count) {
    Observations said;
    said.calls = {{.caller = std::move(caller), .callee = "b", .calls = count}};
    NamedReport report = report_of(tool, std::move(said));
    report.file = tool + ".json";
    return report;
  };
  // a stays core, as it stands: 7 of a and 5 of c.
  shop.import({report_of("csv", fact("a", "kind", ObservedText{"standard"})), calls("zipkin", "a", 7),
               calls("jaeger", "c", 5)});
  CHECK(shop.has("core_flow_calls: 12"));
  CHECK(shop.provenance.find("b", "coupling.core_flow_calls")->source.file == "jaeger.json, zipkin.json");
}

TEST_CASE("merging: a name of the map that no report has is warned of once") {
  const auto metrics = [](Texts met, Texts unmet) {
    Observations said;
    said.met = std::move(met);
    said.unmet = std::move(unmet);
    return report_of("prometheus", std::move(said));
  };
  Refreshed shop;
  shop.import({metrics({"peak"}, {"sla", "typo"}), metrics({"sla"}, {"peak", "typo"})});
  CHECK(shop.last.issues.warnings() == 1);
  CHECK(shop.said("no series") == "no series is \"typo\", nor in other reports");
}

TEST_CASE("merging: what is left for a person is a line each") {
  Merging shop("services:\n  - {name: a, debt: {sonar_debt_days: 1}}\n  - {name: basket}\n");
  Merged merged = shop.merge({report_of("csv", fact("a", "debt.sonar_debt_days", number("2"))),
                              report_of("csv", fact("baskets", "debt.sonar_debt_days", number("3"))),
                              graph("zipkin", {{"a", "shop-mysql"}})});
  Texts lines;
  const Issues remarks = remarks_of(merged);
  for (const Issue& issue : remarks.kept()) lines.push_back(to_string(issue));
  CHECK(lines == Texts{"warning: a: debt.sonar_debt_days: \"1\" stands at services.yaml:2, report says \"2\"",
                       "report: note: \"baskets\": no service of the inventory (did you mean basket?)",
                       "note: basket: no report names it",
                       "report: note: \"shop-mysql\" is left out: database, the policy says so of \"*-mysql\""});
}
