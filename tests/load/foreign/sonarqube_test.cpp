#include "report_reading.hpp"

namespace migplan {
namespace {

using namespace reports;

std::string component(const std::string& measures) {
  return R"({"component":{"key":"shop:cart","name":"cart","qualifier":"TRK","measures":[)" + measures + "]}}";
}
std::string measure(const std::string& metric, const std::string& value) {
  return R"({"metric":")" + metric + R"(","value":")" + value + "\"}";
}
std::string page(const std::string& head, const std::string& issues) {
  return "{" + head + R"(,"issues":[)" + issues + "]}";
}
std::string issue(const std::string& key, const std::string& type, const std::string& severity,
                  const std::string& status = "OPEN") {
  return R"({"key":")" + key + R"(","rule":"java:S1","component":"shop:cart:A.java","project":"shop:cart","type":")" +
         type + R"(","severity":")" + severity + R"(","status":")" + status + "\"}";
}
std::string paging(int total, int size = 100, int index = 1) {
  return R"("paging":{"pageIndex":)" + std::to_string(index) + R"(,"pageSize":)" + std::to_string(size) +
         R"(,"total":)" + std::to_string(total) + "}";
}

}  // namespace

TEST_CASE("sonarqube: minutes of debt are days of eight hours, percent of coverage a share, exactly") {
  // 625 / 60 / 8 = 1.30208333…; 80.7 / 100 = 0.807
  const Observations read = observed(component(measure("sqale_index", "625") + "," + measure("coverage", "80.7")));
  CHECK(facts(read) ==
        Lines{"shop:cart debt.sonar_debt_days 1.302083", "shop:cart platform.automated_test_coverage 0.807"});
  CHECK(read.facts[0].place.field == "component.measures[0].value");
  CHECK(facts(observed(component(measure("sqale_index", "480")), of_service("cart"))) ==
        Lines{"cart debt.sonar_debt_days 1"});
}

TEST_CASE("sonarqube: the newer effort counts only where the older one is absent") {
  const std::string newer = measure("software_quality_maintainability_remediation_effort", "960");
  CHECK(facts(observed(component(newer))) == Lines{"shop:cart debt.sonar_debt_days 2"});
  CHECK(facts(observed(component(newer + "," + measure("sqale_index", "0")))) ==
        Lines{"shop:cart debt.sonar_debt_days 0"});
}

TEST_CASE("sonarqube: what is absent is not 0, and a measure of new code is not the whole") {
  const Observations read = observed(component(
      R"({"metric":"new_vulnerabilities","period":{"index":1,"value":"0"},"periods":[{"index":1,"value":"0"}]},{"metric":"bugs","value":"26"})"));
  CHECK(facts(read).empty());
  CHECK_FALSE(read.covers_vulnerabilities);
  CHECK(says(read, "shop:cart: no sqale_index: the debt is not known, which is not 0"));
  CHECK(says(observed(component("")), "warning: no measures: nothing is known, which is not 0"));
}

TEST_CASE("sonarqube: a count of vulnerabilities has no severities, except none") {
  CHECK(observed(component(measure("vulnerabilities", "0"))).covered == Lines{"shop:cart"});
  CHECK(observed(component(measure("security_issues", R"({\"LOW\":0,\"MEDIUM\":0,\"HIGH\":0,\"total\":0})"))).covered ==
        Lines{"shop:cart"});
  const Observations some =
      observed(component(measure("security_issues", R"({\"LOW\":0,\"MEDIUM\":1,\"HIGH\":0,\"total\":1})")));
  CHECK(some.covered.empty());
  CHECK(says(some, "shop:cart: 1 vulnerabilities, of which it is not said how many are high or critical"));
}

TEST_CASE("sonarqube: that one project has no vulnerabilities does not depend on what is said of another") {
  const Observations read = observed(R"({"measures":[{"metric":"vulnerabilities","value":"0","component":"cart"},)"
                                     R"({"metric":"sqale_index","value":"480","component":"pay"}]})");
  CHECK(read.subjects == Lines{"cart", "pay"});
  CHECK(read.covered == Lines{"cart"});
  CHECK_FALSE(read.covers_vulnerabilities);
}

TEST_CASE("sonarqube: of a tree the project counts, never its folders and files") {
  CHECK(facts(observed(
            R"({"paging":{"pageIndex":1,"pageSize":1,"total":93},"baseComponent":{"key":"cli","measures":[)" +
            measure("sqale_index", "480") + R"(]},"components":[{"key":"cli:src","qualifier":"DIR","measures":[)" +
            measure("sqale_index", "4800") + "]}]}")) == Lines{"cli debt.sonar_debt_days 1"});
}

TEST_CASE("sonarqube: measures of a search are of their components") {
  CHECK(
      facts(observed(
          R"({"measures":[{"metric":"sqale_index","value":"960","component":"a"},{"metric":"coverage","value":"50","component":"b"},)"
          R"({"metric":"coverage","value":"0.0","component":"a"}]})")) ==
      Lines{"a debt.sonar_debt_days 2", "a platform.automated_test_coverage 0",
            "b platform.automated_test_coverage 0.5"});
}

TEST_CASE("sonarqube: a value that is no number, and a server's refusal, are errors") {
  CHECK(refusal(component(measure("sqale_index", "much")))
            .find("component.measures[0].value: found \"much\", expected a number") != std::string::npos);
  CHECK(refusal(R"({"errors":[{"msg":"Component key 'x' not found"}]})") ==
        "in: error: the server refused the request: Component key 'x' not found");
}

TEST_CASE("sonarqube: open vulnerabilities count, their severities moved by one as a note says") {
  const Observations read = observed(page(
      paging(7), issue("1", "VULNERABILITY", "BLOCKER") + "," + issue("2", "VULNERABILITY", "CRITICAL", "CONFIRMED") +
                     "," + issue("3", "VULNERABILITY", "MAJOR", "REOPENED") + "," +
                     issue("4", "VULNERABILITY", "INFO") + "," + issue("5", "BUG", "BLOCKER") + "," +
                     issue("6", "VULNERABILITY", "BLOCKER", "RESOLVED") + "," +
                     issue("7", "VULNERABILITY", "BLOCKER", "ACCEPTED")));
  CHECK(findings(read) == Lines{"shop:cart 1 in shop:cart:A.java CRITICAL", "shop:cart 2 in shop:cart:A.java HIGH",
                                "shop:cart 3 in shop:cart:A.java MEDIUM", "shop:cart 4 in shop:cart:A.java LOW"});
  CHECK(read.covers_vulnerabilities);
  CHECK(read.subjects == Lines{"shop:cart"});
  CHECK(says(read, "BLOCKER counts as CRITICAL, CRITICAL as HIGH"));
  CHECK(says(read, "2 vulnerabilities are not open: not counted"));
}

TEST_CASE("sonarqube: without types the impact on security tells") {
  const auto with_impacts = [](const std::string& impacts) {
    return R"({"key":"1","rule":"r","project":"p","component":"p:a","status":"OPEN","impacts":[)" + impacts + "]}";
  };
  const Observations read = observed(page(
      paging(2),
      with_impacts(
          R"({"softwareQuality":"MAINTAINABILITY","severity":"BLOCKER"},{"softwareQuality":"SECURITY","severity":"HIGH"})") +
          "," + with_impacts(R"({"softwareQuality":"RELIABILITY","severity":"HIGH"})")));
  CHECK(findings(read) == Lines{"p 1 in p:a HIGH"});
}

TEST_CASE("sonarqube: a page that is one of several, or does not agree with itself, is told") {
  const std::string one = issue("1", "VULNERABILITY", "MAJOR"), two = one + "," + issue("2", "VULNERABILITY", "MAJOR");
  const Observations first = observed(page(paging(5, 2), two)), last = observed(page(paging(5, 2, 3), one));
  REQUIRE((first.page && last.page));
  CHECK((first.page->first == 0 && first.page->listed == 2 && first.page->total == 5 && first.page->pages == 3));
  CHECK((last.page->first == 4 && last.page->listed == 1 && last.page->number == 3));
  CHECK(notes(first).find("warning") == std::string::npos);
  const Observations odd = observed(page(R"("total":42,)" + paging(3), two));
  CHECK(says(odd, "warning: total says 42 issues, paging.total 3, and 2 stand there"));
  CHECK_FALSE(odd.covers_vulnerabilities);
  CHECK_FALSE(odd.page);
  CHECK(says(observed(page(paging(3), two)), "2 issues stand on the page, 3 are due"));
  CHECK(notes(observed(page(paging(2), two))).find("warning") == std::string::npos);
}

TEST_CASE("sonarqube: a list without a page is read; what asks for other types says nothing of vulnerabilities") {
  CHECK(findings(observed("[" + issue("1", "VULNERABILITY", "CRITICAL") + "]")) ==
        Lines{"shop:cart 1 in shop:cart:A.java HIGH"});
  const Observations smells = observed("[" + issue("1", "CODE_SMELL", "CRITICAL") + "]");
  CHECK(findings(smells).empty());
  CHECK_FALSE(smells.covers_vulnerabilities);
  CHECK(observed(page(paging(0), ""), of_service("cart")).covers_vulnerabilities);
  CHECK(refusal(page(paging(0), "")).find("nothing says of which project") != std::string::npos);
}

TEST_CASE("sonarqube: security hotspots are no vulnerabilities") {
  const Observations read = observed(
      R"({"paging":{"total":2},"hotspots":[{"key":"a","status":"TO_REVIEW","vulnerabilityProbability":"HIGH"},)"
      R"({"key":"b","status":"REVIEWED","vulnerabilityProbability":"HIGH"}]})");
  CHECK(findings(read).empty());
  CHECK_FALSE(read.covers_vulnerabilities);
  CHECK(
      notes(read) ==
      "in: note: 2 security hotspots, 1 of them to review: places to look at, no vulnerabilities, not counted as such");
}

TEST_CASE("sonarqube: answers of servers say what they say", "[fixtures]") {
  const auto hygieia = fixture("sonarqube/hygieia-sonar8measures.json");
  if (!hygieia) return;
  const Observations measures = observed(*hygieia);
  CHECK(facts(measures) == Lines{"test debt.sonar_debt_days 0", "test platform.automated_test_coverage 0"});
  CHECK_FALSE(measures.covers_vulnerabilities);  // new_vulnerabilities is not vulnerabilities
  const auto search = fixture("sonarqube/defectdojo-issues-search-9x.json");
  if (!search) return;
  const Observations issues = observed(*search, of_service("svc"));
  CHECK(says(issues, "3 findings (1 HIGH, 2 MEDIUM)"));  // 2 MAJOR and 1 CRITICAL vulnerability
  CHECK(says(issues, "total says 42 issues, paging.total 3, and 5 stand there"));
  for (const auto& [path, part] : {std::pair("sonarqube/defectdojo-issues-array.json", "no issue is a vulnerability"),
                                   std::pair("sonarqube/defectdojo-hotspots-search.json", "4 security hotspots"),
                                   std::pair("sonarqube/sap-responseLinesOfCode.json", "the debt is not known")}) {
    const auto text = fixture(path);
    if (!text) return;
    const Observations read = observed(*text, of_service("svc"));
    CHECK(findings(read).empty());
    CHECK(says(read, part));
  }
  if (const auto error = fixture("sonarqube/sap-responseIssueSearchError.json")) {
    CHECK(refusal(*error).find("At least one of the following parameters must be specified") != std::string::npos);
  }
}

}  // namespace migplan
