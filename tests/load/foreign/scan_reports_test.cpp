#include "report_reading.hpp"

namespace migplan {
namespace {

using namespace reports;

std::string trivy(const std::string& results) {
  return R"({"SchemaVersion":2,"CreatedAt":"2026-01-02T03:04:05Z","Trivy":{"Version":"0.60.0"},"ArtifactName":"shop/cart:1.2",)"
         R"("ArtifactType":"container_image","Results":)" +
         results + "}";
}
std::string vulnerability(const std::string& id, const std::string& package, const std::string& severity) {
  const std::string rated = severity.empty() ? "" : R"(,"Severity":")" + severity + "\"";
  return R"({"VulnerabilityID":")" + id + R"(","PkgName":")" + package + "\"" + rated + "}";
}
std::string packages(const std::string& vulnerabilities) {
  return R"~({"Target":"cart (alpine 3.19)","Class":"os-pkgs","Type":"alpine","Vulnerabilities":)~" + vulnerabilities +
         "}";
}

}  // namespace

TEST_CASE("trivy: findings count once a package, ids once, and both are told") {
  // musl in two results, once worse than the other: one finding, HIGH. CVE-1 in two packages: two findings, one id.
  const Observations read =
      observed(trivy("[" +
                     packages("[" + vulnerability("CVE-2024-1", "musl", "LOW") + "," +
                              vulnerability("CVE-2024-1", "zlib", "CRITICAL") + "]") +
                     "," + packages("[" + vulnerability("CVE-2024-1", "musl", "HIGH") + "]") + "]"));
  CHECK(findings(read) == Lines{"shop/cart:1.2 CVE-2024-1 in musl HIGH", "shop/cart:1.2 CVE-2024-1 in zlib CRITICAL"});
  CHECK(facts(read).empty());
  CHECK(read.covers_cves);
  CHECK(read.subjects == Lines{"shop/cart:1.2"});
  CHECK(read.covers_vulnerabilities);
  CHECK(read.origin.tool == "trivy");
  CHECK(read.origin.version == "0.60.0");
  CHECK(read.origin.taken == "2026-01-02T03:04:05Z");
  CHECK(read.vulnerabilities[0].place.at.line == 1);
  CHECK(notes(read) == "in: note: 3 findings (1 CRITICAL, 1 HIGH, 1 LOW) of 1 id, 2 when a package counts once");
}

TEST_CASE("trivy: without a severity a finding is of unknown severity; lists may be null; other words are faults") {
  const Observations read = observed(trivy("[" + packages("[" + vulnerability("GHSA-1", "a", "") + "]") + "," +
                                           packages("null") + R"(,{"Target":"x","Class":"os-pkgs"}])"));
  CHECK(findings(read) == Lines{"shop/cart:1.2 GHSA-1 in a UNKNOWN"});
  CHECK(refusal(trivy("[" + packages("[" + vulnerability("CVE-1", "a", "grave") + "]") + "]"))
            .find("Results[0].Vulnerabilities[0]: found the severity \"grave\", expected UNKNOWN, LOW") !=
        std::string::npos);
  CHECK(refusal(trivy("[" + packages(R"([{"PkgName":"a"}])") + "]")).find("key \"VulnerabilityID\" is missing") !=
        std::string::npos);
}

TEST_CASE("trivy: misconfigurations, secrets, licences and suppressed findings are counted apart") {
  const Observations read = observed(trivy(
      "[" + packages("[" + vulnerability("CVE-1", "a", "MEDIUM") + "]") +
      R"(,{"Target":"Dockerfile","Class":"config","Misconfigurations":[{"Severity":"HIGH","Status":"FAIL"},)"
      R"({"Severity":"CRITICAL","Status":"PASS"}]},{"Target":"env","Class":"secret","Secrets":[{"Severity":"CRITICAL"}]},)"
      R"({"Target":"l","Class":"license","Licenses":[{"Severity":"HIGH"}]},)"
      R"({"Target":"s","Class":"lang-pkgs","ExperimentalModifiedFindings":[{"Type":"vulnerability","Status":"not_affected"}]}])"));
  CHECK(findings(read).size() == 1);
  CHECK(says(read, "1 misconfiguration (1 HIGH): no vulnerabilities, not counted as such"));  // one of them passed
  CHECK(says(read, "1 secret (1 CRITICAL): no vulnerabilities"));
  CHECK(says(read, "1 licence finding (1 HIGH): no vulnerabilities"));
  CHECK(says(read, "1 suppressed finding: not counted"));
}

TEST_CASE("trivy: a scan without packages says nothing of vulnerabilities; one without results found none") {
  const Observations other = observed(trivy(R"([{"Target":"Dockerfile","Class":"config","Misconfigurations":[]}])"));
  CHECK_FALSE(other.covers_vulnerabilities);
  CHECK_FALSE(other.covers_cves);
  CHECK(says(other, "warning: no packages were scanned"));
  const Observations clean = observed(trivy("null"));
  CHECK(clean.covers_vulnerabilities);
  CHECK(clean.covers_cves);
}

TEST_CASE("trivy: findings of HIGH and CRITICAL alone may have been asked for") {
  const Observations high = observed(trivy("[" + packages("[" + vulnerability("CVE-1", "a", "HIGH") + "]") + "]"));
  CHECK(says(high, "nothing below HIGH"));
  CHECK((high.covers_vulnerabilities && high.lists_cves));
  CHECK_FALSE(high.covers_cves);
  CHECK_FALSE(says(observed(trivy("[" + packages("[]") + "]")), "nothing below HIGH"));
}

TEST_CASE(
    "trivy: the list of results before 0.20, and null, are of the service that is named or of their first target") {
  const std::string list = "[" + packages("[" + vulnerability("CVE-1", "a", "LOW") + "]") + "]";
  CHECK(findings(observed(list)) == Lines{"cart CVE-1 in a LOW"});
  CHECK(findings(observed(list, of_service("basket"))) == Lines{"basket CVE-1 in a LOW"});
  const Observations none = observed("null\n", of_service("cart"));
  CHECK(none.covers_vulnerabilities);
  CHECK(none.subjects == Lines{"cart"});
  CHECK(refusal("null") ==
        "in: error: the report does not say what was scanned (say whose report it is: service: NAME)");
}

TEST_CASE("trivy: of a cluster each resource with packages is a subject, whatever the order of its keys") {
  const std::string found = packages("[" + vulnerability("CVE-1", "a", "HIGH") + "]");
  const Observations read = observed(
      R"({"ClusterName":"prod","Resources":[{"Namespace":"shop","Kind":"Deployment","Name":"cart","Results":[)" +
      found +
      R"(]},{"Kind":"Service","Name":"cart","Results":[{"Target":"s","Class":"config","Misconfigurations":[{"Severity":"LOW","Status":"FAIL"}]}]},)"
      R"({"Results":[)" +
      packages("[]") + R"(],"Kind":"Job","Name":"report"}]})");
  CHECK(read.subjects == Lines{"cart", "report"});
  CHECK(findings(read) == Lines{"cart CVE-1 in a HIGH"});
  const Observations older =
      observed(R"({"ClusterName":"prod","Vulnerabilities":[{"Kind":"Deployment","Name":"cart","Results":[)" + found +
               R"(]}],"Misconfigurations":null})");
  CHECK(findings(older) == Lines{"cart CVE-1 in a HIGH"});
}

TEST_CASE("trivy: resources of one name in several namespaces are one service, as a note tells") {
  const auto resource = [](const std::string& space, const std::string& id) {
    return R"({"Namespace":")" + space + R"(","Kind":"Deployment","Name":"cart","Results":[)" +
           packages("[" + vulnerability(id, "a", "LOW") + "]") + "]}";
  };
  const Observations read = observed(R"({"ClusterName":"prod","Resources":[)" + resource("shop", "CVE-1") + "," +
                                     resource("test", "CVE-2") + "]}");
  CHECK(findings(read) == Lines{"cart CVE-1 in a LOW", "cart CVE-2 in a LOW"});
  CHECK(says(read, "cart stands in the namespaces shop, test: taken as one service"));
}

TEST_CASE("trivy: gzip is read, and what is no JSON or breaks off is told with its place") {
  CHECK(refusal("{\"SchemaVersion\":2,\"ArtifactName\":\"x\",\n\"Results\":[}") ==
        "in:2:12: error: not JSON: found \"}\", expected a value");
  CHECK(refusal("{\"SchemaVersion\":2,\"ArtifactName\":\"x\",\n\"Results\":[") ==
        "in:2:12: error: not JSON: the text ends, expected a value or ]");
}

TEST_CASE("grype: matches count by the vendor's severity, in title case; what is ignored does not") {
  const Observations read = observed(
      R"({"matches":[{"vulnerability":{"id":"CVE-2024-1","severity":"High"},"relatedVulnerabilities":[{"id":"CVE-9","severity":"Critical"}],)"
      R"("artifact":{"name":"openssl"}},{"vulnerability":{"id":"GHSA-1","severity":"Negligible"},"artifact":{"name":"core",)"
      R"("purl":"pkg:maven/org.acme/core@1.2?type=jar"}}],"ignoredMatches":[{"vulnerability":{"id":"CVE-3","severity":"Critical"}}],)"
      R"("source":{"type":"image","target":{"userInput":"shop/cart:1"}},"descriptor":{"name":"grype","version":"0.94.0",)"
      R"("configuration":{"only-fixed":true}}})");
  CHECK(findings(read) == Lines{"shop/cart:1 CVE-2024-1 in openssl HIGH", "shop/cart:1 GHSA-1 in org.acme:core LOW"});
  // Of what no version fixes it says nothing.
  CHECK_FALSE((read.covers_cves || read.covers_vulnerabilities));
  CHECK(read.lists_cves);
  CHECK(says(read, "1 ignored finding: not counted"));
  CHECK(says(read, "warning: the scan was asked for vulnerabilities that are fixed in some version alone"));
}

TEST_CASE("grype: a folder is a target by its path; nothing found is none; an unknown word is a fault") {
  const std::string rest = R"(,"source":{"type":"directory","target":"."},"descriptor":{"version":"1"}})";
  const Observations read = observed(R"({"matches":[])" + rest, of_service("cart"));
  CHECK(read.subjects == Lines{"cart"});
  CHECK(read.covers_cves);
  CHECK(refusal(R"({"matches":[{"vulnerability":{"id":"CVE-1","severity":"Grave"}}])" + rest)
            .find("matches[0]: found the severity") != std::string::npos);
  CHECK(refusal(R"({"matches":[]})").find("does not say what was scanned") != std::string::npos);
}

TEST_CASE("dependency-check: the severity is its word in any case, else that of CVSS 4, 3, 2; moderate is MEDIUM") {
  const Observations read = observed(
      R"({"reportSchema":"1.1","scanInfo":{"engineVersion":"12.1.1"},"projectInfo":{"name":"cart","reportDate":"2026-01-01T00:00:00Z"},)"
      R"("dependencies":[{"fileName":"a.jar","packages":[{"id":"pkg:maven/org.acme/a@1"}],"vulnerabilities":[)"
      R"({"name":"CVE-1","severity":"HIGH"},{"name":"CVE-2","severity":"moderate","unscored":"true"},{"name":"CVE-3"},)"
      R"({"name":"CVE-4","cvssv2":{"severity":"LOW"},"cvssv4":{"baseSeverity":"CRITICAL"}},{"name":"CVE-5","severity":"odd"}],)"
      R"("suppressedVulnerabilities":[{"name":"CVE-6"}]},{"fileName":"b.js","isVirtual":true,"vulnerabilities":[{"name":"1001","severity":"Unknown"}]},{"fileName":"c"}]})");
  CHECK(findings(read) == Lines{"cart CVE-1 in org.acme:a HIGH", "cart CVE-2 in org.acme:a MEDIUM",
                                "cart CVE-3 in org.acme:a UNKNOWN", "cart CVE-4 in org.acme:a CRITICAL",
                                "cart CVE-5 in org.acme:a UNKNOWN", "cart 1001 in b.js UNKNOWN"});
  CHECK(says(read, "1 suppressed finding: not counted"));
  CHECK(says(read, "1 finding of a severity that is no known word: UNKNOWN"));
  CHECK_FALSE(says(read, "incomplete"));
  CHECK((read.covers_cves && read.covers_vulnerabilities));
}

TEST_CASE("dependency-check: an analysis that broke off proves no absence") {
  const Observations read =
      observed(R"({"reportSchema":"1.1","scanInfo":{"analysisExceptions":[{"exception":{"message":"x"}}]},)"
               R"("projectInfo":{"name":"cart"},"dependencies":[]})");
  CHECK(says(read, "warning: the scan is incomplete"));
  CHECK_FALSE((read.covers_cves || read.covers_vulnerabilities));
}

TEST_CASE("dependency-check: an analysis that failed in part is told") {
  CHECK(says(observed(R"({"reportSchema":"1.1","scanInfo":{"analysisExceptions":[{"exception":{"message":"x"}}]},)"
                      R"("projectInfo":{"name":"cart"},"dependencies":[]})"),
             "warning: the scan is incomplete: 1 exception in scanInfo.analysisExceptions"));
}

TEST_CASE("scans: files of the tools count as their projects say", "[fixtures]") {
  struct Expected {
    std::string path;
    std::uint64_t high, critical;  // findings as they stand there
    std::string note;              // that says so
    std::size_t kept;              // when a package counts once
  };
  // formats.md: HIGH and CRITICAL of each file; the rest counted by a script over the files.
  const std::vector<Expected> files{
      {"trivy/golden-pom.json", 1, 1, "2 findings (1 CRITICAL, 1 HIGH) of 2 ids", 2},
      {"trivy/golden-alpine-39.json", 0, 2, "6 findings (2 CRITICAL, 4 MEDIUM) of 3 ids", 6},
      {"trivy/golden-alpine-39-high-critical.json", 0, 2, "2 findings (2 CRITICAL) of 1 id", 2},
      {"trivy/golden-helm.json", 0, 0, "18 misconfigurations (3 HIGH, 4 MEDIUM, 11 LOW)", 0},
      {"trivy/golden-npm-with-suppressed.json", 1, 0, "1 suppressed finding", 1},
      {"trivy/golden-gomod.json", 0, 0, "5 findings (1 MEDIUM, 4 UNKNOWN) of 3 ids", 3},
      {"trivy/dd-scheme_2_many_vulns.json", 1, 1, "5 findings (1 CRITICAL, 1 HIGH, 3 MEDIUM) of 5 ids", 5},
      {"trivy/dd-misconfigurations_and_secrets.json", 1, 0, "2 secrets (2 CRITICAL)", 2},
      {"trivy/dd-license_scheme.json", 0, 0, "19 licence findings (7 HIGH, 1 MEDIUM, 11 LOW)", 0},
      {"trivy/dd-legacy_no_vuln.json", 0, 0, "", 0},
      {"trivy/dd-issue_9170.json", 0, 0, "37 misconfigurations", 0},
      {"grype/dd-check_all_fields.json", 3, 2, "6 findings (2 CRITICAL, 3 HIGH, 1 LOW) of 4 ids", 5},
      {"grype/dd-same_cve_different_paths.json", 0, 2, "2 findings (2 CRITICAL) of 1 id", 1},
      {"grype/dd-many_vulns_with_epss_values.json", 10, 1, "15 findings (1 CRITICAL, 10 HIGH, 2 MEDIUM, 2 LOW)", 15},
      {"grype/golden-TestJsonImgsPresenter.json", 0, 1, "2 findings (1 CRITICAL, 1 LOW)", 2},
      {"grype/dd-no_vuln.json", 0, 0, "", 0},
      {"dependency-check/reportWithCvssV4.json", 0, 0, "1 finding (1 MEDIUM)", 1},
      {"dependency-check/reportWithExceptions.json", 1, 0, "the scan is incomplete", 1},
  };
  for (const Expected& file : files) {
    const auto text = fixture(file.path);
    if (!text) return;
    INFO(file.path);
    const Observations read = observed(*text, of_service("svc"));
    INFO(notes(read));
    CHECK(says(read, file.note));
    CHECK(read.vulnerabilities.size() == file.kept);
    for (const auto& [count, word] : {std::pair(file.high, " HIGH"), std::pair(file.critical, " CRITICAL")}) {
      if (file.kept != 0 && count != 0) CHECK(says(read, std::to_string(count) + word));
    }
  }
}

}  // namespace migplan
