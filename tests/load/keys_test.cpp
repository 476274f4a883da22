// Known, unknown, repeated, missing and null keys.

#include <catch2/catch.hpp>
#include <string>
#include <string_view>

#include "field_spec.hpp"
#include "reading.hpp"

using namespace migplan;
using namespace migplan::reading;

TEST_CASE("keys: an unknown key is rejected with the nearest known one") {
  CHECK(complaints(read_yaml(service_yaml("effort_day: 3"))) ==
        "in:3:5: error: services[0]: unknown key \"effort_day\" in service (did you mean effort_days?)");
  CHECK(complaints(read_yaml(service_yaml("impact: {sla_30: 3}"))) ==
        "in:3:14: error: services[0].impact: unknown key \"sla_30\" in impact (did you mean sla_30d?)");
}

TEST_CASE("keys: where no known key is near, all known ones are named") {
  CHECK(complaints(read_yaml(service_yaml("debt: {zzzzzzzz: 3}"))) ==
        "in:3:12: error: services[0].debt: unknown key \"zzzzzzzz\" in debt (known: sonar_debt_days, "
        "high_risk_vulnerabilities)");
}

TEST_CASE("keys: what stands under an unknown key is passed over, and reading goes on") {
  CHECK(
      complaints(read_yaml(service_yaml("zzzzzzzz: {a: [{b: c}]}\n    kind: 5"))) ==
      "in:3:5: error: services[0]: unknown key \"zzzzzzzz\" in service (known: name, display_name, domain, team, kind, "
      "stack, owner, effort_days, window, impact, debt, topology, depends_on, coupling, platform, runtime, traffic, "
      "transactions, payloads, slo, status, progress, override, pins, durations)\n"
      "in:4:11: error: services[0].kind: found 5, expected one of standard, core, long-tail");
}

TEST_CASE("keys: keys that begin with x- are free at every level") {
  const Result<Inventory> read = read_yaml(
      "x-a: [1, {b: c}]\nservices:\n  - name: cart\n    x-b: {name: other, name: again}\n    impact: {x-c: 1, sla_30d: "
      "99}\n");
  CHECK(complaints(read).empty());
  CHECK(accepted(read)[0].name == "cart");
}

TEST_CASE("keys: a repeated key is rejected with the first one's line") {
  CHECK(complaints(read_yaml(service_yaml("kind: core\n    kind: core"))) ==
        "in:4:5: error: services[0].kind: key \"kind\" stands here twice, first at line 3");
  CHECK(complaints(read_json("{\"services\": [\n{\"name\": \"a\",\n\"name\": \"b\"}]}")) ==
        "in:3:1: error: services[0].name: key \"name\" stands here twice, first at line 2");
  CHECK(complaints(read_yaml("services: []\nservices: []\n")) ==
        "in:2:1: error: services: key \"services\" stands here twice, first at line 1");
}

TEST_CASE("keys: a repeated free name is rejected") {
  CHECK(complaints(read_yaml(service_yaml("pins: {cutover: 2024-01-01, cutover: 2024-02-01}"))) ==
        "in:3:33: error: services[0].pins.cutover: key \"cutover\" stands here twice");
}

TEST_CASE("keys: a repeated key whose first value is null is still repeated") {
  CHECK_FALSE(read_yaml(service_yaml("kind: null\n    kind: core\n    kind: core")).is_ok());
}

TEST_CASE("QuotedKey: a text begins with the key and a quote, or it does not match") {
  for (const std::string_view key : {"at", "sla_30d", "sonar_debt_days", "requests_per_second", "missing_documentation",
                                     "downstream_strong_dependencies"}) {
    const QuotedKey quoted(key);
    const std::string text = std::string(key) + "\":" + std::string(QuotedKey::kBytes, ' ');
    CAPTURE(text);
    CHECK(quoted.begins(text.data()));
    for (std::size_t i = 0; i <= key.size(); ++i) {
      std::string other = text;
      other[i] = 'Z';
      CHECK_FALSE(quoted.begins(other.data()));
    }
    CHECK_FALSE(QuotedKey().begins(text.data()));
  }
}

TEST_CASE("keys: maps of one file may hold their keys in different orders, and different keys") {
  const Result<Inventory> read = read_jsonl(
      R"({"name":"a","topology":{"upstream_chain_length":1,"downstream_strong_dependencies":2},"debt":{"sonar_debt_days":3}})"
      "\n"
      R"({"debt":{"high_risk_vulnerabilities":4,"sonar_debt_days":5},"topology":{"downstream_strong_dependencies":6},"name":"b"})"
      "\n"
      R"({"platform":{"community_activity":1,"jdk":8},"coupling":{"data_dependency_interfaces":7},"name":"c","status":"retired"})"
      "\n");
  CHECK(complaints(read).empty());
  const Inventory& made = accepted(read);
  CHECK(made[0].topology.downstream_strong_dependencies.value() == Count::whole(2));
  CHECK(made[1].debt.sonar_debt_days.value() == DebtDays::whole(5));
  CHECK(made[1].topology.downstream_strong_dependencies.value() == Count::whole(6));
  CHECK(profile_of(made[2]).coupling.data_dependency_interfaces.value() == Count::whole(7));
  CHECK(profile_of(made[2]).platform.jdk.value() == Count::whole(8));
  CHECK(made[2].status == Status::Retired);
}

TEST_CASE("keys: a long key that begins or ends like one of ours is unknown") {
  for (const std::string_view key : {"upstream_chain_lengths", "upstream_chain_lengtx", "xpstream_chain_length",
                                     "upstream_chain_lengt", "upstream_xhain_length"}) {
    const std::string quoted = "\"" + std::string(key) + "\"";
    CHECK(complaints(read_jsonl("{\"name\":\"a\",\"topology\":{" + quoted + ":1}}\n")) ==
          "in:1:25: error: topology: unknown key " + quoted + " in topology (did you mean upstream_chain_length?)");
  }
}

TEST_CASE("keys: a missing field is told where its map begins") {
  CHECK(complaints(read_yaml("services:\n  - kind: core\n")) ==
        "in:2:5: error: services[0]: service has no name, expected a label (a-z, 0-9 and '-', at most 63, a letter or "
        "digit at both ends)");
  CHECK(complaints(read_yaml(service_yaml("depends_on:\n      - strength: weak"))) ==
        "in:4:9: error: services[0].depends_on[0]: dependency has no service, expected a label (a-z, 0-9 and '-', at "
        "most "
        "63, a letter or digit at both ends)");
  CHECK(complaints(read_yaml(service_yaml("override: {tier: S, reason: x, owner: y}"))) ==
        "in:3:15: error: services[0].override: override has no expires, expected a date such as 2024-07-01");
}

TEST_CASE("keys: null is the same as absent, in YAML and JSON") {
  for (const std::string_view null : {"null", "~", "", "Null", "NULL"}) {
    INFO(null);
    const Result<Inventory> read =
        read_yaml(service_yaml("kind: " + std::string(null) + "\n    impact: " + std::string(null) +
                               "\n    depends_on: " + std::string(null)));
    CHECK(complaints(read).empty());
    CHECK_FALSE(accepted(read)[0].has_dependency_list);
  }
  const Result<Inventory> read = read_json(
      R"({"services": [{"name": "cart", "impact": {"sla_30d": null}, "stack": null, "effort_days": null, "kind": null}]})");
  CHECK(complaints(read).empty());
  CHECK_FALSE(accepted(read)[0].impact.sla_30d.is_known());
}

TEST_CASE("keys: a required key that is null is missing") {
  CHECK_THAT(complaints(read_yaml("services: [{name: ~}]")),
             Catch::StartsWith("in:1:12: error: services[0]: service has no name"));
}

TEST_CASE("keys: an item of a list may not be null") {
  CHECK(complaints(read_yaml(service_yaml("stack: [java8, ~]"))) ==
        "in:3:20: error: services[0].stack[1]: found nothing, expected text");
  CHECK(complaints(read_yaml(service_yaml("depends_on: [~]"))) ==
        "in:3:18: error: services[0].depends_on[0]: found nothing, expected a map");
}

TEST_CASE("keys: [] as depends_on means none, left out means unknown") {
  CHECK(accepted(read_yaml(service_yaml("depends_on: []")))[0].has_dependency_list);
  CHECK_FALSE(accepted(read_yaml(service_yaml("kind: core")))[0].has_dependency_list);
}

TEST_CASE("keys: progress must be finished after it started") {
  CHECK(
      complaints(read_yaml(service_yaml("progress: {refactor: {started: 2024-05-02, finished: 2024-05-01}}"))) ==
      "in:3:48: error: services[0].progress.refactor.finished: found 2024-05-01, expected no day before 2024-05-02 of "
      "started");
  CHECK(complaints(read_yaml(service_yaml("progress: {refactor: {finished: 2024-05-01}}"))) ==
        "in:3:27: error: services[0].progress.refactor.finished: finished without a date under started");
}

TEST_CASE("keys: the status must agree with progress") {
  CHECK(complaints(read_yaml(service_yaml("status: code-frozen\n    progress: {canary: {started: 2024-05-01}}"))) ==
        "in:3:5: error: services[0].status: found code-frozen, but progress says that canary began on 2024-05-01");
}

TEST_CASE("keys: the status is derived from progress where it is left out") {
  const Result<Inventory> read =
      read_yaml(service_yaml("progress: {refactor: {started: 2024-01-01}, admission: {started: 2024-05-01}}"));
  CHECK(accepted(read)[0].status == Status::InAdmission);
}

TEST_CASE("keys: durations stand in order") {
  CHECK(complaints(read_yaml(service_yaml("durations: {refactor: {low: 5, likely: 3, high: 9}}"))) ==
        "in:3:27: error: services[0].durations.refactor: expected low <= likely <= high");
}

TEST_CASE("keys: all problems are reported, in the order of the file") {
  const Result<Inventory> read = read_yaml(
      "services:\n  - {name: a, kind: x1}\n  - {name: B}\n  - {name: c, owner: 5, debt: []}\n  - {name: d, foo: 1}\n");
  std::vector<std::uint32_t> lines;
  for (const Issue& issue : read.issues().kept()) lines.push_back(issue.at.line);
  CHECK(lines == std::vector<std::uint32_t>{2, 3, 4, 4, 5});
}

TEST_CASE("keys: 100 problems are kept and the rest counted") {
  std::string text = "services:\n";
  for (int i = 0; i < 250; ++i) text += "  - {name: A}\n";
  const Result<Inventory> read = read_yaml(text);
  CHECK(read.issues().kept().size() == 100);
  CHECK(read.issues().errors() == 250);
  CHECK(read.issues().dropped() == 150);
}

TEST_CASE("keys: the next service does not inherit what the last one stated") {
  const Result<Inventory> read = read_yaml(
      "services:\n  - {name: a, kind: core, owner: x, effort_days: 5, stack: [j], depends_on: [], impact: {sla_30d: "
      "9}, "
      "override: {tier: S, reason: r, owner: o, expires: 2024-01-01}}\n  - {name: b}\n");
  const Service& b = accepted(read)[1];
  CHECK(b.kind == Kind::Standard);
  CHECK(profile_of(b).owner.empty());
  CHECK(b.details == nullptr);
  CHECK(accepted(read).stack(1).empty());
  CHECK_FALSE(b.has_dependency_list);
  CHECK_FALSE(b.impact.sla_30d.is_known());
}

TEST_CASE("keys: a rejected service leaves nothing in the next one") {
  const Result<Inventory> read =
      read_yaml("services:\n  - {kind: core, effort_days: 5, progress: {p: {started: 2024-01-01}}}\n  - {name: b}\n");
  CHECK(read.issues().errors() == 1);
}
