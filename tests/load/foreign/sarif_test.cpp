#include "report_reading.hpp"

namespace migplan {
namespace {

using namespace reports;

std::string run(const std::string& results, const std::string& rules = "[]", const std::string& tool = "Scanner") {
  return R"({"tool":{"driver":{"name":")" + tool + R"(","version":"1","rules":)" + rules + R"(}},"results":)" +
         results + "}";
}
std::string sarif(const std::string& runs) { return R"({"version":"2.1.0","runs":[)" + runs + "]}"; }
Observations read_run(const std::string& results, const std::string& rules = "[]",
                      const std::string& tool = "Scanner") {
  return observed(sarif(run(results, rules, tool)), of_service("cart"));
}

}  // namespace

TEST_CASE("sarif: a score of the result, else of its rule, rates: from 9 CRITICAL, 7 HIGH, 4 MEDIUM, above 0 LOW") {
  const Observations read = read_run(
      R"([{"ruleId":"A","properties":{"security-severity":"9.0"}},{"ruleId":"B"},{"ruleId":"C"},{"ruleIndex":3},{"ruleId":"E","level":"error"}])",
      R"([{"id":"A","properties":{"security-severity":"1"}},{"id":"B","properties":{"security-severity":"8.9"}},)"
      R"({"id":"C","properties":{"security-severity":4}},{"id":"D","properties":{"security-severity":"3.9"}},)"
      R"({"id":"E","properties":{"security-severity":"0.0","cvssv3_baseSeverity":"HIGH"}}])");
  CHECK(findings(read) ==
        Lines{"cart A in : CRITICAL", "cart B in : HIGH", "cart C in : MEDIUM", "cart D in : LOW", "cart E in : HIGH"});
  CHECK(read.covers_vulnerabilities);
  CHECK(facts(read).empty());  // nothing says that CVEs were looked for
}

TEST_CASE("sarif: of a key that stands there twice the last one counts") {
  // So dependency-check writes the scores of CVSS 3 and 4.
  CHECK(findings(read_run(R"([{"ruleId":"A"}])",
                          R"([{"id":"A","properties":{"security-severity":"5.0","security-severity":"9.3"}}])")) ==
        Lines{"cart A in : CRITICAL"});
}

TEST_CASE("sarif: rules may stand behind the results, be of an extension, or have a part of the id") {
  const Observations read = observed(
      sarif(R"({"results":[{"ruleId":"js/x/part"},{"rule":{"id":"E1","index":0,"toolComponent":{"index":0}}}],)"
            R"("tool":{"extensions":[{"name":"pack","rules":[{"id":"E1","properties":{"security-severity":"7.5"}}]}],)"
            R"("driver":{"name":"CodeQL","rules":[{"id":"js/x","properties":{"security-severity":"6.1"}}]}}})"),
      of_service("cart"));
  CHECK(findings(read) == Lines{"cart js/x/part in : MEDIUM", "cart E1 in : HIGH"});
}

TEST_CASE("sarif: a word rates where there is no score; a level alone never does") {
  const Observations words =
      read_run(R"([{"ruleId":"A","properties":{"severity":"low"}},{"ruleId":"B","level":"error"}])",
               R"([{"id":"A"},{"id":"B","properties":{"cvssv2_severity":"MEDIUM"}}])");
  CHECK(findings(words) == Lines{"cart A in : LOW", "cart B in : MEDIUM"});
  const Observations level = read_run(R"([{"ruleId":"A","level":"error"},{"ruleId":"B"},{"ruleId":"C"}])",
                                      R"([{"id":"A"},{"id":"B","defaultConfiguration":{"level":"note"}},{"id":"C"}])");
  CHECK(findings(level).empty());
  CHECK_FALSE(level.covers_vulnerabilities);
  CHECK(
      says(level, "warning: 1 unrated error: HIGH or CRITICAL, the report does not say which; not counted as either"));
  CHECK(says(level, "note: 1 unrated note: not counted"));
  CHECK(says(level, "note: 1 unrated warning: not counted"));  // the level where nothing states one
}

TEST_CASE("sarif: what passed or is suppressed does not count; a suppression that is rejected or reviewed does") {
  const std::string rules = R"([{"id":"A","properties":{"security-severity":"7"}}])";
  const auto count = [&rules](const std::string& more) {
    return read_run(R"([{"ruleId":"A")" + more + "}]", rules).vulnerabilities.size();
  };
  CHECK(count("") == 1);
  CHECK(count(R"(,"kind":"fail")") == 1);
  CHECK(count(R"(,"kind":"pass")") == 0);
  CHECK(count(R"(,"suppressions":[])") == 1);
  CHECK(count(R"(,"suppressions":null)") == 1);
  CHECK(count(R"(,"suppressions":[{"kind":"inSource"}])") == 0);  // without a state: accepted
  CHECK(count(R"(,"suppressions":[{"kind":"external","state":"rejected"}])") == 1);
  CHECK(count(R"(,"suppressions":[{"state":"accepted"},{"state":"underReview"}])") == 1);
}

TEST_CASE("sarif: Trivy and Grype name the package, rate otherwise than in their JSON, and others are counted apart") {
  const Observations trivy = read_run(
      R"([{"ruleId":"CVE-2019-1","message":{"text":"Package: libssl\nInstalled Version: 1"}},{"ruleId":"CVE-2019-1","message":{"text":"Package: libcrypto"}},{"ruleId":"DS1"}])",
      R"([{"id":"CVE-2019-1","name":"OsPackageVulnerability","properties":{"security-severity":"5.5"}},{"id":"DS1","name":"Misconfiguration","properties":{"security-severity":"9.5"}}])",
      "Trivy");
  CHECK(findings(trivy) == Lines{"cart CVE-2019-1 in libssl MEDIUM", "cart CVE-2019-1 in libcrypto MEDIUM"});
  CHECK(trivy.covers_cves);
  CHECK(says(trivy, "1 misconfiguration: no vulnerabilities"));
  CHECK(says(trivy, "SARIF of Trivy rates by the CVSS score, its JSON by the vendor's severity"));
  CHECK(findings(read_run(R"([{"ruleId":"CVE-2021-44228-log4j-core"}])",
                          R"([{"id":"CVE-2021-44228-log4j-core","properties":{"security-severity":"10.0"}}])",
                          "grype")) == Lines{"cart CVE-2021-44228 in log4j-core CRITICAL"});
}

TEST_CASE("sarif: a place tells results of one rule apart where no package is named") {
  const std::string place =
      R"("locations":[{"physicalLocation":{"region":{"startLine":LINE},"artifactLocation":{"uri":"a.c"}}}])";
  const auto at = [&place](const std::string& line) { return std::string(place).replace(place.find("LINE"), 4, line); };
  CHECK(findings(read_run(
            R"([{"ruleId":"A",)" + at("1") + R"(},{"ruleId":"A",)" + at("2") + R"(},{"ruleId":"A",)" + at("2") + "}]",
            R"([{"id":"A","properties":{"security-severity":"7"}}])")) ==
        Lines{"cart A in a.c:1 HIGH", "cart A in a.c:2 HIGH"});
}

TEST_CASE("sarif: a clean run of a scanner of vulnerabilities is none; of others, and without runs, nothing is known") {
  CHECK(read_run("[]", "[]", "Trivy").covers_vulnerabilities);
  CHECK_FALSE(read_run("[]", "[]", "ShellCheck").covers_vulnerabilities);
  const Observations none = observed(R"({"version":"2.1.0","runs":[]})", of_service("cart"));
  CHECK_FALSE(none.covers_vulnerabilities);
  CHECK(says(none, "no runs: nothing was scanned"));
  CHECK(refusal(sarif(run("[]"))).find("SARIF does not say whose the results are") != std::string::npos);
  CHECK(observed("\xEF\xBB\xBF" + sarif(run("[]", "[]", "Trivy")), of_service("cart")).covers_vulnerabilities);
}

TEST_CASE("sarif: files of the tools are rated as they say", "[fixtures]") {
  struct Expected {
    std::string path, note;
    std::size_t kept;
  };
  const std::vector<Expected> files{
      {"sarif/trivy-alpine-310.sarif", "4 findings (4 MEDIUM) of 2 ids", 4},
      {"sarif/grype-image.sarif", "2 findings (2 HIGH)", 2},
      {"sarif/dd-no_runs.sarif", "no runs", 0},
      {"sarif/dd-appendix_k1.sarif", "not known, which is not 0", 0},
      {"sarif/dd-appendix_k2.sarif", "1 unrated warning", 0},
      {"sarif/dd-appendix_k.sarif", "1 suppressed result", 0},
      {"sarif/dd-codeQL-output.sarif", "11 unrated errors", 0},
      {"sarif/dd-njsscan.sarif", "1 unrated error", 0},
  };
  for (const Expected& file : files) {
    const auto text = fixture(file.path);
    if (!text) return;
    INFO(file.path);
    const Observations read = observed(*text, of_service("svc"));
    INFO(notes(read));
    CHECK(says(read, file.note));
    CHECK(read.vulnerabilities.size() == file.kept);
  }
}

}  // namespace migplan
