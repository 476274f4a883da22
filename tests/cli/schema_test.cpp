// What commands print as JSON is what data/schema says.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include "program.hpp"

namespace {

using namespace migplan::test;
using Json = nlohmann::ordered_json;

// Empty = valid; else the first reason why not.
std::string reason_against(const std::string& schema_name, const std::string& document_text) {
  const auto schema_json = nlohmann::json::parse(source_file("data/schema/" + schema_name + ".v1.json"));
  const auto document = nlohmann::json::parse(document_text);
  valijson::Schema schema;
  valijson::SchemaParser parser;
  parser.populateSchema(valijson::adapters::NlohmannJsonAdapter(schema_json), schema);
  valijson::Validator validator;
  valijson::ValidationResults results;
  if (validator.validate(schema, valijson::adapters::NlohmannJsonAdapter(document), &results)) return {};
  valijson::ValidationResults::Error error;
  std::string reason = "refused";
  while (results.popError(error)) {
    reason += "\n";
    for (const std::string& step : error.context) reason += step;
    reason += ": " + error.description;
  }
  return reason;
}

// Made when the first test asks: every process of the tests would pay for it.
const Files& files() {
  static const Files kFiles{
      {"shop.yaml", input_file("shop.yaml")},
      {"gaps.yaml", input_file("gaps.yaml")},
      {"bad.yaml", input_file("rejected.yaml")},
      {"p.yaml", input_file("impact-only.yaml")},
      {"minmax.yaml", "schema: migplan/policy/v1\nscoring: {scale: {method: minmax}}\n"},
      {"bare.yaml", "services: [{name: bare}]\n"},
      {"later.yaml", input_file("shop-later.yaml")},
      {"e.yaml", input_file("exemptions.yaml")},
      {"base.json", run_program({"score", "s.yaml", "-f", "json"}, {{"s.yaml", input_file("shop.yaml")}}).out},
      {"plan.csv", run_program({"schedule", "s.yaml", "--budget", "1", "--table", "phases", "-f", "csv"},
                               {{"s.yaml", input_file("shop.yaml")}})
                       .out},
      {"status.yaml", input_file("status.yaml")},
      {"gaps.json",
       run_program({"schedule", "g.yaml", "--budget", "1", "-f", "json"}, {{"g.yaml", input_file("gaps.yaml")}}).out},
      {"soon.yaml", "schedule: {end: 2024-02-01}\n"},
      {"nobody.yaml", "schedule: {resources: {squads: {capacity: 0}}}\n"},
      {"tiny.sm", input_file("tiny.sm")},
      {"answer.json",
       R"({"schema": "migplan/instances/v1", "instances": [{"instance": "tiny", "makespan": 1, "starts": [0]}]})"},
      {"none.yaml", "services: []\n"},
      {"runbook.yaml", input_file("runbook.yaml")},
      {"rules.yaml", input_file("rules.yaml")},
      {"gate.yaml", input_file("gate.yaml")},
      {"ge.yaml", input_file("gate-exemptions.yaml")},
      {"canary.yaml", input_file("canary.yaml")},
      {"worse.yaml", input_file("canary-worse.yaml")},
      {"few.yaml", input_file("canary-few.yaml")},
      {"ce.yaml", input_file("canary-exemptions.yaml")},
      {"access.jsonl", input_file("access.jsonl")},
      {"old.jsonl", input_file("old.jsonl")},
      {"old-too.jsonl", input_file("old.jsonl")},
      {"new.jsonl", input_file("new.jsonl")},
      {"empty.jsonl", ""},
      {"sunset.csv", input_file("sunset.csv")},
      {"sp.yaml", input_file("sunset-policy.yaml")},
      {"se.yaml", input_file("sunset-exemptions.yaml")},
      {"blind.csv", "time,service,new_sla\n2024-07-09T00:00:00Z,wiki,99\n"},
      {"pairs.json",
       R"({"schema": "migplan/reconcile/v1", "pairs": 9, "equal": 8, "missing_old": 0, "missing_new": 1})"},
      {"target.csv", "time,service,new_share,new_sla\n2024-07-09T00:00:00Z,wiki,100,99.9\n"},
      {"slo.yaml", input_file("slo.yaml")},
      {"levels.yaml", input_file("levels.yaml")},
      {"slo-counts.yaml", input_file("slo-counts.yaml")},
      {"soe.yaml", input_file("slo-exemptions.yaml")},
      {"types.yaml", source_file("data/examples/typemap/payloads.yaml")},
      {"before.yaml", input_file("indicators-before.yaml")},
      {"after.yaml", input_file("indicators-after.yaml")},
      {"oe.yaml", input_file("outcome-exemptions.yaml")},
      {"stated.yaml", input_file("import-shop.yaml")},
      {"sheet.csv", input_file("import-sheet.csv")},
      {"imported.yaml", input_file("import-shop.yaml")},
      {"imported.yaml.provenance.json",
       R"({"schema": "migplan/provenance/v1", "inventory": "imported.yaml", "facts": [{"service": "cart", "fact":)"
       R"( "debt.sonar_debt_days", "value": "3", "file": "sonar.json", "field": "component.measures[0]", "tool":)"
       R"( "sonarqube", "version": "10.4", "taken": "2024-07-01T08:00:00Z"}]})"},
      {"lint.yaml", input_file("lint.yaml")},
      {"ignored.yaml", input_file("lint-ignored.yaml")},
      {"log4j2.yaml", source_file("tests/lint_corpus/logs/log4j2.yaml")},
      {"verdicts.json", run_program({"gate", "g.yaml", "-f", "json"}, {{"g.yaml", input_file("gate.yaml")}}).out}};
  return kFiles;
}

std::string json_of(Arguments arguments) {
  arguments.insert(arguments.end(), {"-f", "json"});
  const auto run = run_program(arguments, files());
  INFO(run.err);
  REQUIRE_FALSE(run.out.empty());
  return run.out;
}

std::vector<std::string> keys_of(const Json& object) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : object.items()) keys.push_back(key);
  return keys;
}

struct Case {
  std::string schema;
  Arguments arguments;
};

const std::string kOnRequest =
    "display_name,team,owner,kind,status,window,stack,file,line,requests_per_second,tier_high,peak_orders_per_second,"
    "sla_30d,"
    "sla_target,sonar_debt_days,high_risk_vulnerabilities,upstream_chain_length,downstream_strong_dependencies,raw_"
    "impact,"
    "raw_debt,raw_topology";

const std::vector<Case> kCases{
    {"score", {"score", "shop.yaml"}},
    {"score", {"score", "gaps.yaml"}},
    {"score", {"score", "bare.yaml"}},
    {"score", {"score", "none.yaml"}},
    {"score", {"score", "shop.yaml", "--policy", "p.yaml"}},
    {"score", {"score", "shop.yaml", "--policy", "minmax.yaml"}},
    {"score", {"score", "shop.yaml", "--summary"}},
    {"import", {"import", "csv", "sheet.csv", "--into", "stated.yaml"}},
    {"import", {"import", "csv", "sheet.csv", "--into", "stated.yaml", "--add", "--on-conflict", "replace"}},
    {"explain", {"explain", "imported.yaml", "-s", "cart"}},
    {"score", {"score", "gaps.yaml", "--summary"}},
    {"score", {"score", "shop.yaml", "--columns", "name"}},
    {"score", {"score", "shop.yaml", "--columns", kOnRequest}},
    {"score", {"score", "gaps.yaml", "--columns", kOnRequest}},
    {"score", {"score", "shop.yaml", "--filter", "score>100"}},
    {"explain", {"explain", "shop.yaml", "-s", "checkout"}},
    {"explain", {"explain", "shop.yaml", "-s", "checkout", "-s", "mail"}},
    {"explain", {"explain", "shop.yaml", "-s", "checkout", "-s", "mail", "-s", "pricing"}},
    {"explain", {"explain", "gaps.yaml", "-s", "checkout", "-s", "stock"}},
    {"explain", {"explain", "bare.yaml", "-s", "bare"}},
    {"explain", {"explain", "shop.yaml", "-s", "mail", "--columns", "fact"}},
    {"matrix", {"matrix", "shop.yaml"}},
    {"matrix", {"matrix", "gaps.yaml"}},
    {"matrix", {"matrix", "none.yaml"}},
    {"matrix", {"matrix", "shop.yaml", "--table", "cells", "--columns", "count"}},
    {"matrix", {"matrix", "shop.yaml", "--table", "quadrant"}},
    {"matrix",
     {"matrix", "shop.yaml", "--table", "quadrant", "--columns", "name,coupling_band,obsolescence_band,tier,domain"}},
    {"sensitivity", {"sensitivity", "shop.yaml", "--draws", "500"}},
    {"sensitivity", {"sensitivity", "gaps.yaml", "--draws", "500", "--columns", "name,p_s,kept,domain,team"}},
    {"sensitivity", {"sensitivity", "none.yaml", "--draws", "1"}},
    {"sensitivity", {"sensitivity", "bare.yaml", "--draws", "1", "--weights-only"}},
    {"status", {"status", "status.yaml", "--schedule", "plan.csv", "--as-of", "2024-03-15"}},
    {"status", {"status", "gaps.yaml", "--as-of", "2024-03-15", "--by", "week", "--days", "30"}},
    {"status", {"status", "none.yaml", "--as-of", "2024-03-15"}},
    {"status", {"status", "status.yaml", "--as-of", "2024-03-15", "--table", "slips", "--columns", "causes"}},
    {"report", {"report", "shop.yaml"}},
    {"report", {"report", "gaps.yaml", "--schedule", "gaps.json", "--checks", "verdicts.json"}},
    {"report", {"report", "none.yaml"}},
    {"report", {"report", "shop.yaml", "--policy", "nobody.yaml"}},
    {"report", {"report", "shop.yaml", "--policy", "soon.yaml", "--as-of", "2024-01-20"}},
    {"diff", {"diff", "shop.yaml", "later.yaml"}},
    {"diff", {"diff", "shop.yaml", "shop.yaml"}},
    {"diff", {"diff", "shop.yaml", "later.yaml", "--old-policy", "p.yaml"}},
    {"diff", {"diff", "shop.yaml", "later.yaml", "--policy", "minmax.yaml", "--fail-on", "none"}},
    {"diff", {"diff", "gaps.yaml", "shop.yaml", "--min-change", "0.5"}},
    {"diff", {"diff", "shop.yaml", "later.yaml", "--exemptions", "e.yaml", "--as-of", "2024-03-01"}},
    {"diff", {"diff", "shop.yaml", "later.yaml", "--columns", "name,domain,team,file,line,difference"}},
    {"diff", {"score", "later.yaml", "--check", "base.json"}},
    {"schedule", {"schedule", "shop.yaml", "--budget", "50"}},
    {"schedule", {"schedule", "gaps.yaml", "--budget", "50", "--objective", "makespan"}},
    {"schedule", {"schedule", "none.yaml"}},
    {"schedule", {"schedule", "shop.yaml", "--budget", "50", "--risk", "--draws", "20"}},
    {"schedule", {"schedule", "shop.yaml", "--budget", "50", "--what-if", "capacity.squads=1"}},
    {"schedule", {"schedule", "shop.yaml", "--budget", "50", "--from", "plan.csv", "--as-of", "2024-02-01"}},
    {"schedule", {"schedule", "shop.yaml", "--budget", "50", "--policy", "soon.yaml"}},
    {"schedule", {"schedule", "shop.yaml", "--budget", "50", "--policy", "nobody.yaml"}},
    {"schedule", {"schedule", "shop.yaml", "--budget", "50", "--table", "phases"}},
    {"schedule", {"schedule", "shop.yaml", "--budget", "50", "--columns", "name,slack_days"}},
    {"instances", {"schedule", "tiny.sm", "--budget", "50"}},
    {"instances-verify", {"schedule", "tiny.sm", "--verify", "answer.json"}},
    {"schedule-verify", {"schedule", "shop.yaml", "--verify", "plan.csv"}},
    {"schedule-verify", {"schedule", "later.yaml", "--verify", "plan.csv"}},
    {"schedule-verify", {"schedule", "later.yaml", "--verify", "plan.csv", "--columns", "rule"}},
    {"playbook", {"playbook", "runbook.yaml", "--all"}},
    {"playbook", {"playbook", "runbook.yaml", "-s", "checkout", "--playbooks", "rules.yaml"}},
    {"playbook", {"playbook", "shop.yaml", "--all", "--schedule", "plan.csv"}},
    {"playbook", {"playbook", "none.yaml", "--all"}},
    {"playbook", {"playbook", "runbook.yaml", "--all", "--table", "services"}},
    {"playbook", {"playbook", "runbook.yaml", "--all", "--table", "steps", "--top", "3"}},
    {"playbook", {"playbook", "runbook.yaml", "--all", "--table", "findings"}},
    {"playbook", {"playbook", "runbook.yaml", "--all", "--columns", "service,check"}},
    {"gate", {"gate", "gate.yaml"}},
    {"gate", {"gate", "gate.yaml", "-s", "search", "--inconclusive", "pass"}},
    {"gate", {"gate", "gate.yaml", "--exemptions", "ge.yaml", "--as-of", "2024-03-15"}},
    {"gate", {"gate", "gate.yaml", "--filter", "verdict==exempted"}},
    {"gate", {"gate", "gate.yaml", "--columns", "message"}},
    {"reconcile", {"reconcile", "old.jsonl", "new.jsonl", "-s", "trade"}},
    {"reconcile", {"reconcile", "old.jsonl", "old-too.jsonl"}},
    {"reconcile", {"reconcile", "old.jsonl", "empty.jsonl", "--columns", "field"}},
    {"canary", {"canary", "canary.yaml"}},
    {"canary", {"canary", "canary.yaml", "--share", "5", "--rps", "9", "--route-sample", "access.jsonl"}},
    {"canary", {"canary", "worse.yaml", "--exemptions", "ce.yaml", "--as-of", "2024-11-01"}},
    {"canary", {"canary", "few.yaml", "--columns", "check"}},
    {"sunset", {"sunset", "sunset.csv", "-p", "sp.yaml", "--as-of", "2024-07-09"}},
    {"sunset", {"sunset", "sunset.csv", "-p", "sp.yaml", "--as-of", "2024-07-09", "--exemptions", "se.yaml"}},
    {"sunset", {"sunset", "sunset.csv", "--as-of", "2024-07-20", "-s", "mail-archive", "--stage", "dual-write"}},
    {"sunset", {"sunset", "sunset.csv", "--as-of", "2024-07-04", "--columns", "service,message"}},
    {"sunset", {"sunset", "sunset.csv", "--as-of", "2024-07-04", "--table", "conditions", "--top", "1"}},
    {"sunset", {"sunset", "blind.csv", "--as-of", "2024-07-09"}},
    {"sunset", {"sunset", "target.csv", "--as-of", "2024-07-09", "--reconcile", "pairs.json"}},
    {"slo", {"slo", "slo.yaml", "levels.yaml"}},
    {"slo", {"slo", "slo.yaml", "--counts", "slo-counts.yaml"}},
    {"slo", {"slo", "slo.yaml", "--counts", "slo-counts.yaml", "--exemptions", "soe.yaml", "--as-of", "2024-03-15"}},
    {"slo", {"slo", "slo.yaml", "--columns", "message"}},
    {"slo", {"slo", "slo.yaml", "--table", "objectives", "--columns", "service,left"}},
    {"typemap", {"typemap", "Map<@Nullable Integer, List<Instant>>", "Map.Entry<Long, Order>", "Void"}},
    {"typemap", {"typemap", "--file", "types.yaml"}},
    {"typemap", {"typemap", "List<Long>", "--table", "types"}},
    {"typemap", {"typemap", "List<Long>", "--table", "levels"}},
    {"typemap", {"typemap", "List<Long>", "--columns", "go"}},
    {"outcome", {"outcome", "before.yaml", "after.yaml"}},
    {"outcome",
     {"outcome", "before.yaml", "after.yaml", "-s", "cart", "--exemptions", "oe.yaml", "--as-of", "2024-03-15"}},
    {"outcome", {"outcome", "before.yaml", "after.yaml", "--columns", "verdict"}},
    {"outcome", {"outcome", "before.yaml", "after.yaml", "--table", "indicators"}},
    {"lint", {"lint", "lint.yaml", "log4j2.yaml", "--passed"}},
    {"lint", {"lint", "ignored.yaml", "--as-of", "2024-03-15"}},
    {"lint", {"lint", "lint.yaml", "--columns", "check"}},
    {"validate", {"validate", "shop.yaml"}},
    {"validate", {"validate", "bad.yaml"}},
    {"validate", {"validate", "bad.yaml", "--columns", "line,message"}},
    {"version", {"version"}},
    {"policy", {"policy"}},
    {"policy", {"policy", "--policy", "p.yaml"}},
};

}  // namespace

TEST_CASE("schemas: every JSON output is valid", "[schema]") {
  for (const Case& one : kCases) {
    std::string line = "migplan";
    for (const std::string& word : one.arguments) line += " " + word;
    INFO(line);
    const std::string document = json_of(one.arguments);
    CHECK(reason_against(one.schema, document).empty());
    CHECK(nlohmann::json::parse(document)["schema"] == "migplan/" + one.schema + "/v1");
  }
}

TEST_CASE("schemas: rows have the keys that are promised, in their order", "[schema]") {
  const auto first = [](const Arguments& arguments, const char* list) {
    return keys_of(Json::parse(json_of(arguments))[list][0]);
  };
  using Keys = std::vector<std::string>;
  CHECK(first({"score", "shop.yaml"}, "services") ==
        Keys{"name", "domain", "tier", "score", "impact", "debt", "topology", "completeness", "score_high",
             "dependents_score", "override", "peak_orders_per_second", "sla_30d", "sla_target", "sonar_debt_days",
             "high_risk_vulnerabilities", "upstream_chain_length", "downstream_strong_dependencies"});
  CHECK(first({"diff", "shop.yaml", "later.yaml"}, "services") == Keys{"name", "change", "old_tier", "new_tier",
                                                                       "old_score", "new_score", "causes", "difference",
                                                                       "verdict", "exemption", "override"});
  CHECK(first({"matrix", "shop.yaml"}, "cells") == Keys{"tier", "domain", "count", "services"});
  CHECK(first({"matrix", "shop.yaml"}, "quadrant") ==
        Keys{"name", "coupling", "obsolescence", "priority", "disposition", "coupling_facts", "obsolescence_facts"});
  CHECK(first({"sensitivity", "shop.yaml", "--draws", "9"}, "services") ==
        Keys{"name", "tier", "score", "p_s", "p_a", "p_b", "weight_low_impact", "weight_low_debt",
             "weight_low_topology", "weight_high_impact", "weight_high_debt", "weight_high_topology", "firmness",
             "hangs_on", "deviations"});
  CHECK(first({"schedule", "shop.yaml", "--budget", "9"}, "services") ==
        Keys{"name", "tier", "route", "window", "cutover", "phases", "slack_days", "critical", "committed_window",
             "window_met", "start", "finish", "effort_days", "effort_estimated", "group", "domain", "team", "score"});
  CHECK(first({"schedule", "tiny.sm", "--budget", "9"}, "instances") ==
        Keys{"instance", "makespan", "critical_path", "lower_bound", "schedules", "starts"});
  CHECK(first({"schedule", "later.yaml", "--verify", "plan.csv"}, "violations") ==
        Keys{"rule", "service", "phase", "day", "message", "file", "line"});
  const Arguments status{"status", "status.yaml", "--schedule", "plan.csv", "--as-of", "2024-03-15"};
  CHECK(first(status, "overview") ==
        Keys{"name",     "tier_and_state", "tier",        "state",        "sla_30d",          "downstream",
             "window",   "start",          "cutover",     "now",          "expected_cutover", "late_days",
             "progress", "phase",          "phase_start", "phase_finish", "committed_window", "domain",
             "team",     "owner"});
  CHECK(first(status, "burn_up") ==
        Keys{"date", "planned", "done", "expected", "planned_work", "done_work", "expected_work"});
  CHECK(first(status, "slips") == Keys{"service", "phase", "state", "planned_start", "start", "start_late_days",
                                       "planned_finish", "finish", "finish_late_days", "late_days", "cause", "what",
                                       "causes"});
  CHECK(first(status, "due") ==
        Keys{"planned", "event", "service", "phase", "expected", "overdue_days", "tier", "team", "owner"});
  CHECK(first({"gate", "gate.yaml"}, "checks") == Keys{"service", "check", "verdict", "observed", "limit", "unit",
                                                       "samples", "low", "high", "source", "message", "exemption"});
  const Arguments sunset{"sunset", "sunset.csv", "--as-of", "2024-07-09"};
  CHECK(first(sunset, "checks") == first({"gate", "gate.yaml"}, "checks"));
  CHECK(first(sunset, "services") == Keys{"service", "stage", "since", "stage_by", "next_step", "verdict", "earliest",
                                          "step_after", "earliest_after", "as_of", "action"});
  CHECK(first(sunset, "conditions") == Keys{"service", "check", "holds_since", "needed_h", "tripped", "earliest"});
  const Keys check_keys{"service", "check", "verdict", "observed", "limit",   "unit",
                        "samples", "low",   "high",    "source",   "message", "exemption"};
  CHECK(first({"slo", "slo.yaml"}, "checks") == check_keys);
  CHECK(first({"slo", "slo.yaml"}, "objectives") ==
        Keys{"service", "objective", "kind", "target", "budget", "stated_budget", "limit_ms", "window", "rolling",
             "total", "failed", "allowed", "left", "used_percent", "burn_rate", "lasts_days", "source"});
  CHECK(first({"playbook", "runbook.yaml", "--all"}, "services") ==
        Keys{"name", "cutover", "facts", "memory", "transactions", "payloads", "steps"});
  CHECK(first({"playbook", "runbook.yaml", "--all", "--table", "checklist"}, "checklist") ==
        Keys{"service", "number", "section", "step", "check", "phase", "start", "finish", "gate"});
  CHECK(first({"outcome", "before.yaml", "after.yaml"}, "checks") == check_keys);
  CHECK(first({"outcome", "before.yaml", "after.yaml"}, "indicators") ==
        Keys{"indicator", "before", "before_unit", "after", "after_unit", "change_percent", "better", "verdict"});
  CHECK(first({"validate", "bad.yaml"}, "issues") ==
        Keys{"severity", "file", "line", "column", "path", "message", "hint"});
  const Keys explained = first({"explain", "shop.yaml", "-s", "mail"}, "services");
  CHECK(Keys(explained.begin(), explained.begin() + 7) ==
        Keys{"name", "score", "tier", "terms", "to_next_up", "to_next_down", "flips"});
}

TEST_CASE("schemas: each part of a report is what its own command prints", "[schema]") {
  for (const Arguments& arguments : {Arguments{"report", "shop.yaml"}, Arguments{"report", "none.yaml"},
                                     Arguments{"report", "gaps.yaml", "--schedule", "gaps.json"}}) {
    const auto report = nlohmann::json::parse(json_of(arguments));
    for (const char* part : {"score", "matrix", "sensitivity", "schedule", "explain"}) {
      INFO(part << " of " << report["inventory"].dump());
      CHECK(reason_against(part, report[part].dump()).empty());
    }
  }
}

TEST_CASE("schemas: no key stands twice in a row", "[schema]") {
  const auto run = run_program({"score", "shop.yaml", "--columns", "name,tier,name", "-f", "jsonl"}, files());
  CHECK(run.out.find("\"name\"") == run.out.rfind("\"name\"", run.out.find('\n')));
}

TEST_CASE("schemas: numbers of jsonl and csv rows are numbers or nothing", "[schema]") {
  const auto run = run_program({"explain", "-s", "mail", "shop.yaml", "--table", "flips", "-f", "jsonl"}, files());
  for (std::size_t from = 0; from < run.out.size();) {
    const std::size_t end = run.out.find('\n', from);
    const auto row = nlohmann::json::parse(run.out.substr(from, end - from));
    CHECK((row["to"].is_number() || row["to"].is_null()));
    from = end + 1;
  }
}

TEST_CASE("schemas: a broken document is refused", "[schema]") {
  const auto is_refused = [](const Case& one, auto&& break_it) {
    auto document = nlohmann::json::parse(json_of(one.arguments));
    break_it(document);
    return !reason_against(one.schema, document.dump()).empty();
  };
  const Case score{"score", {"score", "shop.yaml"}},
      explain{"explain", {"explain", "shop.yaml", "-s", "checkout", "-s", "mail"}},
      matrix{"matrix", {"matrix", "shop.yaml"}}, validate{"validate", {"validate", "bad.yaml"}},
      version{"version", {"version"}}, verify{"schedule-verify", {"schedule", "later.yaml", "--verify", "plan.csv"}},
      gate{"gate", {"gate", "gate.yaml"}}, sunset{"sunset", {"sunset", "sunset.csv", "--as-of", "2024-07-09"}};
  for (const Case& one : {score, explain, matrix, validate, version, verify, gate, sunset}) {
    INFO(one.schema);
    CHECK(is_refused(one, [](auto& d) { d["extra"] = 1; }));
    CHECK(is_refused(one, [](auto& d) { d["schema"] = "migplan/other/v1"; }));
    CHECK(is_refused(one, [](auto& d) { d.erase("schema"); }));
  }
  CHECK(is_refused(score, [](auto& d) { d["services"][0]["score"] = "88"; }));
  CHECK(is_refused(score, [](auto& d) { d["services"][0]["scores"] = 88; }));
  CHECK(is_refused(score, [](auto& d) { d["services"][0]["score"] = 101; }));
  CHECK(is_refused(score, [](auto& d) { d["services"][0] = nlohmann::json::object(); }));
  CHECK(is_refused(score, [](auto& d) { d.erase("services"); }));
  CHECK(is_refused(explain, [](auto& d) { d["services"][0].erase("rank"); }));
  CHECK(is_refused(explain, [](auto& d) { d["services"][0]["terms"][0]["facts"][0]["origin"] = "guessed"; }));
  CHECK(is_refused(explain, [](auto& d) { d["difference"].erase("causes"); }));
  CHECK(is_refused(matrix, [](auto& d) { d["cells"][0]["count"] = 1.5; }));
  CHECK(is_refused(matrix, [](auto& d) { d["quadrant"][0]["coupling"] = 2; }));
  CHECK(is_refused(validate, [](auto& d) { d["issues"][0]["severity"] = "fatal"; }));
  CHECK(is_refused(verify, [](auto& d) { d["violations"][0]["rule"] = "taste"; }));
  CHECK(is_refused(gate, [](auto& d) { d["checks"][0]["verdict"] = "maybe"; }));
  CHECK(is_refused(gate, [](auto& d) { d["checks"][0]["limit"] = nullptr; }));
  CHECK(is_refused(version, [](auto& d) { d["components"] = nlohmann::json::array(); }));
}
