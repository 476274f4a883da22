// JUnit and SARIF: the views of checks.

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <pugixml.hpp>
#include <string>
#include <vector>

#include "hand_made.hpp"

using namespace migplan;
using namespace migplan::hand_made;
using Json = nlohmann::json;

namespace {

const Exemption kAgreed{"tier-moved", "auth", "agreed <on> Monday", "lee & co", Date::parse("2024-03-31").value(),
                        {},           0};

Report checked(std::vector<Finding> all) {
  Report report;
  const auto kept = std::make_shared<const std::vector<Finding>>(std::move(all));
  report.findings =
      FindingList{.suite = "migplan diff", .rules = {{"tier-moved", "A tier moved"}}, .all = [kept] { return *kept; }};
  return report;
}

Finding failed(std::string message = "cart: tier A, was S", std::vector<std::string> details = {}) {
  return {.check = "tier-moved",
          .service = "cart",
          .verdict = Verdict::Fail,
          .message = std::move(message),
          .details = std::move(details),
          .file = "a b/服.yaml",
          .at = {12, 7}};
}

Finding passed() { return {.check = "tier-moved", .service = "mail"}; }
Finding exempted() {
  return {
      .check = "tier-moved", .service = "auth", .verdict = Verdict::Exempted, .message = "m", .exemption = &kAgreed};
}

pugi::xml_document junit(std::vector<Finding> all) {
  pugi::xml_document document;
  const std::string text = written(write_junit, checked(std::move(all)));
  INFO(text);
  REQUIRE(document.load_string(text.c_str()));
  return document;
}

Json sarif(std::vector<Finding> all) { return Json::parse(written(write_sarif, checked(std::move(all)))); }

}  // namespace

TEST_CASE("junit format: cases of one check and service are told apart by what they are about") {
  Finding logins = failed(), orders = failed(), other = passed();
  logins.subject = "logins";
  orders.subject = "orders";
  other.subject = "searches";  // the only one of its service
  const auto document = junit({logins, orders, other});
  std::vector<std::string> names;
  for (const auto& test : document.child("testsuites").child("testsuite").children("testcase")) {
    names.emplace_back(test.attribute("name").value());
  }
  CHECK(names == std::vector<std::string>{"cart/logins", "cart/orders", "mail"});
}

TEST_CASE("junit format: counts stand in both heads, each service is a test case") {
  const auto document = junit({failed(), passed(), exempted()});
  for (const auto& head : {document.child("testsuites"), document.child("testsuites").child("testsuite")}) {
    CHECK(head.attribute("tests").as_int() == 3);
    CHECK(head.attribute("failures").as_int() == 1);
    CHECK(head.attribute("errors").as_int() == 0);
    CHECK(head.attribute("skipped").as_int() == 1);
  }
  std::vector<std::string> names;
  for (const auto& test : document.child("testsuites").child("testsuite").children("testcase")) {
    names.emplace_back(test.attribute("name").value());
    CHECK(std::string(test.attribute("classname").value()) == "tier-moved");
  }
  CHECK(names == std::vector<std::string>{"cart", "mail", "auth"});
}

TEST_CASE("junit format: a failure has its message, its causes and its place") {
  const auto document = junit({failed("cart: tier A, was S", {"sla_30d 1 to 2 (+3.10)", "policy (-1.00)"})});
  const auto test = document.child("testsuites").child("testsuite").child("testcase");
  CHECK(std::string(test.attribute("file").value()) == "a b/服.yaml");
  CHECK(test.attribute("line").as_int() == 12);
  CHECK(std::string(test.child("failure").attribute("message").value()) == "cart: tier A, was S");
  CHECK(std::string(test.child("failure").text().get()) ==
        "cart: tier A, was S\nsla_30d 1 to 2 (+3.10)\npolicy (-1.00)");
}

TEST_CASE("junit format: an exempted failure is skipped with the reason, a passed check has nothing") {
  const auto document = junit({exempted(), passed()});
  const auto suite = document.child("testsuites").child("testsuite");
  CHECK(std::string(suite.first_child().child("skipped").attribute("message").value()) ==
        "exempted until 2024-03-31: agreed <on> Monday (lee & co)");
  CHECK(suite.last_child().first_child().empty());
}

TEST_CASE("junit format: no text can break out of its place") {
  const std::string hostile = "]]><x a=\"'&\x1b\x01 z";
  const auto document = junit({failed(hostile)});
  const auto failure = document.child("testsuites").child("testsuite").child("testcase").child("failure");
  CHECK(std::string(failure.attribute("message").value()) == "]]><x a=\"'&\\x1b\\x01 z");
  CHECK(failure.first_child().type() == pugi::node_pcdata);
  CHECK(failure.first_child().next_sibling().empty());
}

TEST_CASE("junit format: code points that XML cannot hold are replaced") {
  const std::string text = written(write_junit, checked({failed("a\xEF\xBF\xBE"
                                                                "b\xEF\xBF\xBF"
                                                                "c")}));
  CHECK(text.find("a\xEF\xBF\xBD"
                  "b\xEF\xBF\xBD"
                  "c") != std::string::npos);
  CHECK(text.find("\xEF\xBF\xBE") == std::string::npos);
  CHECK(text.find("\xEF\xBF\xBF") == std::string::npos);
}

TEST_CASE("sarif format: a failure is a result with its place, a passed check is none") {
  const Json log = sarif({failed("cart: tier A, was S", {"sla_30d 1 to 2 (+3.10)"}), passed()});
  CHECK(log["version"] == "2.1.0");
  const Json& run = log["runs"][0];
  CHECK(run["tool"]["driver"]["name"] == "migplan");
  CHECK(run["tool"]["driver"]["rules"][0]["id"] == "tier-moved");
  REQUIRE(run["results"].size() == 1);
  const Json& result = run["results"][0];
  CHECK(result["ruleId"] == "tier-moved");
  CHECK(result["level"] == "error");
  CHECK(result["message"]["text"] == "cart: tier A, was S\nsla_30d 1 to 2 (+3.10)");
  const Json& place = result["locations"][0]["physicalLocation"];
  CHECK(place["artifactLocation"]["uri"] == "a%20b/%E6%9C%8D.yaml");
  CHECK(place["region"]["startLine"] == 12);
  CHECK_FALSE(result.contains("suppressions"));
}

TEST_CASE("sarif format: an exempted failure is a suppressed result") {
  const Json result = sarif({exempted()})["runs"][0]["results"][0];
  CHECK(result["suppressions"][0]["kind"] == "external");
  CHECK(result["suppressions"][0]["status"] == "accepted");
  CHECK(result["suppressions"][0]["justification"] == "agreed <on> Monday (lee & co, until 2024-03-31)");
  CHECK_FALSE(result.contains("locations"));
}

TEST_CASE("sarif format: a run without failures has an empty list of results") {
  CHECK(sarif({passed()})["runs"][0]["results"] == Json::array());
  CHECK(sarif({})["runs"][0]["results"] == Json::array());
}

TEST_CASE("sarif format: an absolute path is a file URI") {
  Finding finding = failed();
  finding.file = "/srv/services.yaml";
  CHECK(sarif({finding})["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] ==
        "file:///srv/services.yaml");
}
