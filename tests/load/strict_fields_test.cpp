// What the strict reader says about fields: one row a mistake, with the place, the path, what was found and expected.

#include <catch2/catch.hpp>
#include <string>
#include <string_view>

#include "reading.hpp"

using namespace migplan;
using namespace migplan::reading;

namespace {

struct Mistake {
  std::string_view fields;  // of a service, from line 3, column 5
  std::string_view complaint;
};

constexpr std::string_view kSla = "a number (percent), 0 to 100";
constexpr std::string_view kCount = "a whole number, 0 to 1000000000";

void check(const Mistake& mistake) {
  const Result<Inventory> read = read_yaml(service_yaml(mistake.fields));
  INFO(mistake.fields);
  CHECK(complaints(read) == mistake.complaint);
}

std::string sla_found(std::string_view at, std::string_view found) {
  return "in:" + std::string(at) + ": error: services[0].impact.sla_30d: found " + std::string(found) + ", expected " +
         std::string(kSla);
}

}  // namespace

TEST_CASE("fields: a wrong type is told with its place and path") {
  check({"impact: 5", "in:3:13: error: services[0].impact: found 5, expected a map"});
  check({"impact: high", "in:3:13: error: services[0].impact: found \"high\", expected a map"});
  check({"impact: [5]", "in:3:13: error: services[0].impact: found a list, expected a map"});
  check({"owner: {a: b}", "in:3:12: error: services[0].owner: found a map, expected a single value"});
  check({"owner: [a]", "in:3:12: error: services[0].owner: found a list, expected a single value"});
  check({"owner: 5", "in:3:12: error: services[0].owner: found 5, expected text (put it in quotes)"});
  check({"owner: true", "in:3:12: error: services[0].owner: found true, expected text (put it in quotes)"});
  check({"stack: java8", "in:3:12: error: services[0].stack: found \"java8\", expected a list"});
  check({"stack: {java8: yes}", "in:3:12: error: services[0].stack: found a map, expected a list"});
  check({"stack: [java8, [x]]", "in:3:20: error: services[0].stack[1]: found a list, expected a single value"});
  check({"stack: [{a: b}]", "in:3:13: error: services[0].stack[0]: found a map, expected a single value"});
  check({"stack: [java8, 8]", "in:3:20: error: services[0].stack[1]: found 8, expected text (put it in quotes)"});
  check({"depends_on: stock", "in:3:17: error: services[0].depends_on: found \"stock\", expected a list"});
  check({"depends_on: [stock]", "in:3:18: error: services[0].depends_on[0]: found \"stock\", expected a map"});
  check({"depends_on: [[stock]]", "in:3:18: error: services[0].depends_on[0]: found a list, expected a map"});
  check({"progress: [x]", "in:3:15: error: services[0].progress: found a list, expected a map"});
  check({"pins: {cutover: [x]}", "in:3:21: error: services[0].pins.cutover: found a list, expected a single value"});
  check({"pins: {cutover: {a: b}}", "in:3:21: error: services[0].pins.cutover: found a map, expected a single value"});
}

TEST_CASE("fields: a service must be a map") {
  CHECK(complaints(read_yaml("services: [cart, 5, [a]]\n")) ==
        "in:1:12: error: services[0]: found \"cart\", expected a map\n"
        "in:1:18: error: services[1]: found 5, expected a map\n"
        "in:1:21: error: services[2]: found a list, expected a map");
}

TEST_CASE("fields: the document must be a map with services") {
  CHECK(complaints(read_yaml("[a, b]\n")) ==
        "in:1:1: error: found a list, expected a map (put the list under `services:`)");
  CHECK(complaints(read_yaml("text\n")) == "in:1:1: error: found \"text\", expected a map");
  CHECK(complaints(read_yaml("schema: migplan/inventory/v1\n")) ==
        "in:1:1: error: inventory has no services, expected a list");
  CHECK(complaints(read_yaml("services:\n")) == "in:1:1: error: inventory has no services, expected a list");
  CHECK(complaints(read_yaml("services: {a: b}\n")) == "in:1:11: error: services: found a map, expected a list");
}

TEST_CASE("fields: another schema is rejected") {
  CHECK(complaints(read_yaml("schema: migplan/inventory/v2\nservices: []\n")) ==
        "in:1:9: error: schema: found \"migplan/inventory/v2\", expected migplan/inventory/v1");
}

TEST_CASE("fields: a percentage lies in 0 to 100") {
  for (const std::string_view good : {"0", "100", "100.0", "1e2", "99.999999", "0.0000004", "+5"}) {
    INFO(good);
    CHECK(read_yaml(service_yaml("impact: {sla_30d: " + std::string(good) + "}")).is_ok());
  }
  for (const std::string_view bad : {"100.000001", "-0.1", "101", "1e400", "-1e400", ".nan", ".NaN", ".inf", "-.inf"}) {
    INFO(bad);
    CHECK(complaints(read_yaml(service_yaml("impact: {sla_30d: " + std::string(bad) + "}"))) == sla_found("3:23", bad));
  }
}

TEST_CASE("fields: what is no number is not taken for one") {
  check({"impact: {sla_30d: many}", sla_found("3:23", "\"many\"")});
  check({"impact: {sla_30d: yes}", sla_found("3:23", "\"yes\"")});
  check({"impact: {sla_30d: true}", sla_found("3:23", "true")});
  check({"impact: {sla_30d: 99.9%}", sla_found("3:23", "\"99.9%\"")});
  check({"impact: {sla_30d: 0x10}", sla_found("3:23", "\"0x10\"")});
  check({"impact: {sla_30d: 1_000}", sla_found("3:23", "\"1_000\"")});
  check({"impact: {sla_30d: 9 9}", sla_found("3:23", "\"9 9\"")});
  check({"impact: {sla_30d: \"\"}", sla_found("3:23", "\"\"")});
}

TEST_CASE("fields: a number in quotes is text, and the hint says so") {
  check({"impact: {sla_30d: \"99.9\"}", sla_found("3:23", "\"99.9\"") + " (write it without quotes)"});
}

TEST_CASE("fields: a count is whole, not negative and not huge") {
  for (const std::string_view bad : {"-1", "1.5", "1000000001", "99999999999999999999", "1e-1"}) {
    INFO(bad);
    CHECK(complaints(read_yaml(service_yaml("debt: {high_risk_vulnerabilities: " + std::string(bad) + "}"))) ==
          "in:3:39: error: services[0].debt.high_risk_vulnerabilities: found " + std::string(bad) + ", expected " +
              std::string(kCount));
  }
  CHECK(read_yaml(service_yaml("debt: {high_risk_vulnerabilities: 3.0}")).is_ok());
}

TEST_CASE("fields: a number has its own range where its type is too wide") {
  check({"platform: {jdk: 0}", "in:3:21: error: services[0].platform.jdk: found 0, expected a whole number, 1 to 99"});
  check({"platform: {automated_test_coverage: 35}",
         "in:3:41: error: services[0].platform.automated_test_coverage: found 35, expected a number, 0 to 1"});
}

TEST_CASE("fields: an availability objective may have a % sign") {
  CHECK(read_yaml(service_yaml("slo: {availability_slo: 99.95%}")).is_ok());
  CHECK(read_yaml(service_yaml("slo: {availability_slo: \"99.95%\"}")).is_ok());
  check({"slo: {availability_slo: 100.1%}",
         "in:3:29: error: services[0].slo.availability_slo: found \"100.1%\", expected a number (percent), 0 to 100, a "
         "% sign may follow"});
}

TEST_CASE("fields: an unknown word of a list of words is rejected with the nearest one") {
  check({"kind: cor",
         "in:3:11: error: services[0].kind: found \"cor\", expected one of standard, core, long-tail (did you mean "
         "core?)"});
  check({"kind: Core",
         "in:3:11: error: services[0].kind: found \"Core\", expected one of standard, core, long-tail (did you mean "
         "core?)"});
  check({"kind: zzz", "in:3:11: error: services[0].kind: found \"zzz\", expected one of standard, core, long-tail"});
}

TEST_CASE("fields: a date exists in the calendar") {
  check({"pins: {cutover: 2024-02-30}",
         "in:3:21: error: services[0].pins.cutover: found \"2024-02-30\", expected a date such as 2024-07-01"});
  check({"pins: {cutover: 2024-7-1}",
         "in:3:21: error: services[0].pins.cutover: found \"2024-7-1\", expected a date such as 2024-07-01"});
  CHECK(read_yaml(service_yaml("pins: {cutover: 2024-02-29}")).is_ok());
}

TEST_CASE("fields: a quarter is written 2024-Q2") {
  check(
      {"window: 2024-Q5", "in:3:13: error: services[0].window: found \"2024-Q5\", expected a quarter such as 2024-Q2"});
  check(
      {"window: Q2 2024", "in:3:13: error: services[0].window: found \"Q2 2024\", expected a quarter such as 2024-Q2"});
}

TEST_CASE("fields: a service's name is a label") {
  for (const std::string_view bad : {"\"Cart\"", "\"购物车\"", "\"a_b\"", "\"-a\"", "\"a-\"", "\"\"", "\"a b\""}) {
    INFO(bad);
    CHECK(complaints(read_yaml("services: [{name: " + std::string(bad) + "}]")) ==
          "in:1:19: error: services[0].name: found " + std::string(bad) +
              ", expected a label (a-z, 0-9 and '-', at most 63, a letter or digit at both ends)");
  }
  CHECK(read_yaml("services: [{name: " + std::string(63, 'a') + "}]").is_ok());
  CHECK_FALSE(read_yaml("services: [{name: " + std::string(64, 'a') + "}]").is_ok());
}

TEST_CASE("fields: a long text is shortened in a message at a character's edge") {
  std::string name;
  for (int i = 0; i < 30; ++i) name += "购";
  std::string shown;
  for (int i = 0; i < 20; ++i) shown += "购";
  CHECK_THAT(complaints(read_yaml("services: [{name: " + name + "}]")),
             Catch::Contains("found \"" + shown + "…\" (90 bytes)"));
}

TEST_CASE("fields: true and false are the words of YAML 1.2, and 0 and 1") {
  for (const std::string_view good : {"true", "True", "FALSE", "0", "1"}) {
    INFO(good);
    CHECK(read_yaml(service_yaml("platform: {framework_end_of_life: " + std::string(good) + "}")).is_ok());
  }
  check({"platform: {framework_end_of_life: no}",
         "in:3:39: error: services[0].platform.framework_end_of_life: found \"no\", expected true or false"});
  check({"platform: {framework_end_of_life: \"true\"}",
         "in:3:39: error: services[0].platform.framework_end_of_life: found \"true\", expected true or false"});
}
