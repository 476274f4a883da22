// The built-in rules: read without fault, each reachable, each entry of a stack answered.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <sstream>
#include <string>
#include <variant>
#include <vector>

#include "migplan/load/inventory_reader.hpp"
#include "migplan/load/playbook_reader.hpp"
#include "migplan/load/policy_reader.hpp"
#include "migplan/report/playbook_views.hpp"

namespace {

using namespace migplan;
namespace fs = std::filesystem;

std::string text_of(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

Inventory read(const std::string& name, const std::string& text) {
  std::vector<InventorySource> sources;
  sources.push_back({name, std::make_unique<TextSource>(text), InventoryFormat::Yaml});
  auto inventory = read_inventory(std::move(sources));
  for (const Issue& issue : inventory.issues().kept()) UNSCOPED_INFO(to_string(issue));
  REQUIRE(inventory.is_ok());
  return std::move(inventory).value();
}

const std::string& reference_text() {
  static const std::string kText = text_of(fs::path(MIGPLAN_SOURCE_DIR) / "data/services.yaml");
  return kText;
}

// Services over all that conditions ask: kind, tier, elasticity, transactions, heap, what is not known.
std::string generated_services(const std::set<std::string>& stack) {
  std::string keys;
  for (const std::string& key : stack) keys += (keys.empty() ? "" : ", ") + key;
  const std::vector<std::string> transactions{
      "", "transactions: [{name: t, mode: at, steps: [{service: x, action: a, compensation: b, idempotent: true}]}]",
      "transactions: [{name: t, mode: at, steps: [{service: x, action: a, compensation: b, reserves: stock, "
      "idempotent: "
      "true}]}]",
      "transactions: [{name: t, mode: saga, steps: [{service: x, action: a, compensation: b, needs: [c]}]}]",
      "transactions: [{name: t, mode: tcc, steps: [{service: x, action: a, reserves: stock}]}]",
      // What stays what it is, although the other would fit better, and both kinds at once.
      "transactions: [{name: t, mode: saga, steps: [{service: x, action: a, compensation: a, reserves: stock}]}]",
      "transactions: [{name: run, mode: tcc, steps: [{service: x, action: a, compensation: b}]}]",
      "transactions: [{name: t, mode: at, steps: [{service: x, action: a, compensation: b, reserves: stock}]}, "
      "{name: step, mode: at, steps: [{service: x, action: a, compensation: b}]}]"};
  const std::vector<std::string> runtimes{"", "runtime: {heap_max_mb: 4096, live_heap_mb: 1000, gc: CMS, threads: 900}",
                                          "runtime: {heap_max_mb: 4096, live_heap_mb: 3000, gc: G1, threads: 20}"};
  const std::vector<std::string> facts{
      "",
      "impact: {peak_orders_per_second: 9000, sla_30d: 99}\n    debt: {sonar_debt_days: 200, "
      "high_risk_vulnerabilities: "
      "40}\n    topology: {upstream_chain_length: 9, downstream_strong_dependencies: 9}\n    payloads: "
      "[\"List<Long>\"]\n"
      "    platform: {jdk: 8, framework: Spring Boot 1.5, framework_end_of_life: true, automated_test_coverage: 0.05, "
      "cve_count: 40, missing_documentation: 0.9, community_activity: 0.1}\n"
      "    coupling: {core_flow_calls: 12, data_dependency_interfaces: 20}",
      "impact: {peak_orders_per_second: 900, sla_30d: 99.5}\n    debt: {sonar_debt_days: 150, "
      "high_risk_vulnerabilities: "
      "10}\n    topology: {upstream_chain_length: 6, downstream_strong_dependencies: 6}\n    traffic: "
      "{requests_per_second: "
      "5000}\n    platform: {jdk: 17, framework: Spring Boot 3.2, framework_end_of_life: false, "
      "automated_test_coverage: "
      "0.8, cve_count: 1, missing_documentation: 0.1, community_activity: 0.9}\n"
      "    coupling: {core_flow_calls: 1, data_dependency_interfaces: 1}",
      "impact: {peak_orders_per_second: 10, sla_30d: 99.9}\n    debt: {sonar_debt_days: 5, high_risk_vulnerabilities: "
      "0}\n"
      "    topology: {upstream_chain_length: 0, downstream_strong_dependencies: 0}"};
  std::string text = "services:\n  - {name: x, depends_on: []}\n";
  int number = 0;
  for (const char* const kind : {"core", "standard", "long-tail"}) {
    for (const std::string& transaction : transactions) {
      for (const std::string& runtime : runtimes) {
        for (const std::string& fact : facts) {
          text += "  - name: s" + std::to_string(++number) + "\n    kind: " + kind + "\n    stack: [" + keys + "]\n" +
                  "    depends_on: [{service: x}, {service: redis, external: true, strength: weak}]\n";
          for (const std::string& part : {transaction, runtime, fact}) {
            if (!part.empty()) text += "    " + part + "\n";
          }
        }
      }
    }
  }
  return text;
}

const Playbook& builtin() {
  static const Playbook kPlaybook = [] {
    auto playbook = Playbook::create(builtin_playbook_sections(), {});
    REQUIRE(playbook.is_ok());
    return std::move(playbook).value();
  }();
  return kPlaybook;
}

// An inventory with the runbook of each of its services.
struct Shelf {
  Inventory inventory;
  const Policy& policy;
  Scorecard card{inventory, policy};
  PlaybookLandscape landscape{card};
  std::vector<Runbook> runbooks{};

  explicit Shelf(Inventory of, const Policy& under = builtin_policy()) : inventory(std::move(of)), policy(under) {
    for (ServiceIndex i = 0; i < inventory.size(); ++i) {
      runbooks.push_back(make_runbook(landscape, builtin(), i, nullptr));
    }
  }
};

std::set<std::string> reference_stack(const Inventory& inventory) {
  std::set<std::string> keys;
  for (const Service& service : inventory.services())
    keys.insert(profile_of(service).stack.begin(), profile_of(service).stack.end());
  return keys;
}

const Shelf& reference() {
  static const Shelf kShelf(read("services.yaml", reference_text()));
  return kShelf;
}
const Shelf& generated() {
  static const Shelf kShelf(read("generated.yaml", generated_services(reference_stack(reference().inventory))));
  return kShelf;
}

bool has_step(const Runbook& runbook, std::string_view id) {
  return std::any_of(runbook.steps.begin(), runbook.steps.end(),
                     [id](const ChosenStep& chosen) { return chosen.step->id == id; });
}

// Whether a line of a block of commands is empty.
bool has_empty_command(const std::string& text) {
  std::istringstream lines(text);
  bool is_within = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("```")) {
      is_within = line == "```sh";
    } else if (is_within && line.empty()) {
      return true;
    }
  }
  return false;
}

// The runbooks as Markdown, in the order of the shelf.
std::vector<std::string> texts_of(const Shelf& shelf) {
  std::vector<std::string> texts;
  for (RunbookFile& file : runbook_files({&shelf.landscape, shelf.runbooks, ""})) texts.push_back(std::move(file.text));
  texts.pop_back();  // the index
  return texts;
}

}  // namespace

TEST_CASE("built-in playbooks: each file is read without a fault and says a phase that the policy has", "[data]") {
  std::size_t files = 0;
  for (const auto& entry : fs::directory_iterator(fs::path(MIGPLAN_SOURCE_DIR) / "data/playbooks")) {
    const std::string text = text_of(entry.path());
    TextSource source(text);
    const auto section = read_playbook_section(source, entry.path().filename().string());
    for (const Issue& issue : section.issues().kept()) UNSCOPED_INFO(to_string(issue));
    CHECK(section.issues().is_empty());
    ++files;
  }
  CHECK(files == builtin_playbook_sections().size());
  std::vector<std::string_view> phases;
  for (const auto& [phase, rule] : builtin_policy().schedule().phases) phases.emplace_back(phase);
  const Issues issues = builtin().phase_issues(phases);
  for (const Issue& issue : issues.kept()) UNSCOPED_INFO(to_string(issue));
  CHECK(issues.is_empty());
}

TEST_CASE("built-in playbooks: each rule is chosen for some service", "[data]") {
  std::set<const RuleStep*> chosen;
  for (const Shelf* const shelf : {&reference(), &generated()}) {
    for (const Runbook& runbook : shelf->runbooks) {
      for (const ChosenStep& step : runbook.steps) chosen.insert(step.step);
    }
  }
  for (const RuleSection& section : builtin().sections()) {
    for (const RuleStep& step : section.steps) {
      INFO(section.file << " " << step.id);
      CHECK(chosen.contains(&step));
    }
  }
}

TEST_CASE("built-in playbooks: each entry of a service's stack is answered by a step of its runbook", "[data]") {
  for (const Runbook& runbook : reference().runbooks) {
    const Service& service = reference().inventory[runbook.service];
    for (const std::string_view key : profile_of(service).stack) {
      INFO(service.name << ": " << key);
      CHECK(std::any_of(runbook.steps.begin(), runbook.steps.end(), [key](const ChosenStep& step) {
        const auto& covers = step.step->covers;
        return std::find(covers.begin(), covers.end(), key) != covers.end();
      }));
    }
  }
}

TEST_CASE("built-in playbooks: what a rule says that it answers, it is chosen for", "[data]") {
  std::map<const RuleStep*, std::set<std::string>> answered;
  for (const Shelf* const shelf : {&reference(), &generated()}) {
    for (const Runbook& runbook : shelf->runbooks) {
      const auto& stack = profile_of(shelf->inventory[runbook.service]).stack;
      for (const ChosenStep& step : runbook.steps) answered[step.step].insert(stack.begin(), stack.end());
    }
  }
  for (const RuleSection& section : builtin().sections()) {
    for (const RuleStep& step : section.steps) {
      for (const std::string& key : step.covers) {
        INFO(section.file << " " << step.id << ": " << key);
        CHECK(answered[&step].contains(key));
      }
    }
  }
}

TEST_CASE("built-in playbooks: every runbook renders whole, without a tag, a mark or an empty command", "[data]") {
  for (const Shelf* const shelf : {&reference(), &generated()}) {
    const PlaybookView view{&shelf->landscape, shelf->runbooks, ""};
    const auto files = runbook_files(view);
    CHECK(files.size() == shelf->runbooks.size() + 1);
    for (const RunbookFile& file : files) {
      INFO(file.name);
      CHECK(file.text.find("{{") == std::string::npos);
      CHECK(file.text.find_first_of("\x01\x02") == std::string::npos);
      CHECK(file.text.ends_with('\n'));
      CHECK_FALSE(has_empty_command(file.text));
    }
  }
}

TEST_CASE("built-in playbooks: ids of steps are unique and sections in order", "[data]") {
  std::set<std::string> ids;
  std::int64_t order = 0;
  for (const RuleSection& section : builtin().sections()) {
    CHECK(section.order >= order);
    order = section.order;
    for (const RuleStep& step : section.steps) CHECK(ids.insert(step.id).second);
  }
}

TEST_CASE("built-in playbooks: the step, the overview and the tree name one place for the configuration", "[data]") {
  std::set<std::string> seen;
  for (const Shelf* const shelf : {&reference(), &generated()}) {
    const std::vector<std::string> texts = texts_of(*shelf);
    for (std::size_t i = 0; i < shelf->runbooks.size(); ++i) {
      const Runbook& runbook = shelf->runbooks[i];
      INFO(shelf->inventory[runbook.service].name);
      const std::string configuration(name_of(runbook.derived.configuration));
      CHECK(has_step(runbook, "config-nacos-sdk") == (configuration == "nacos"));
      CHECK(has_step(runbook, "config-etcd-viper") == (configuration == "etcd-viper"));
      CHECK(has_step(runbook, "config-consul-kv") == (configuration == "consul-kv"));
      CHECK(texts[i].find("; configuration: " + configuration) != std::string::npos);
      // The tree leads every service that has to be elastic to Consul KV, and tier S beside it.
      const bool is_elastic = runbook.derived.is_elastic.value_or(false);
      CHECK((texts[i].find("class consul way") != std::string::npos) == (configuration == "consul-kv"));
      CHECK((texts[i].find("class nacos way") != std::string::npos) == (is_elastic && configuration == "nacos"));
      CHECK((texts[i].find("class mesh way") != std::string::npos ||
             texts[i].find("class container,strong,mesh way") != std::string::npos) == is_elastic);
      seen.insert(configuration + (is_elastic ? " elastic" : ""));
    }
  }
  CHECK(seen == std::set<std::string>{"nacos elastic", "etcd-viper", "consul-kv elastic"});
}

TEST_CASE("built-in playbooks: the first step's gate line on SQL is there whatever the service is built with",
          "[data]") {
  for (const Shelf* const shelf : {&reference(), &generated()}) {
    for (const Runbook& runbook : shelf->runbooks) {
      INFO(shelf->inventory[runbook.service].name);
      CHECK(has_step(runbook, "data-no-raw-sql") == has_step(runbook, "route-tier-s"));
    }
  }
}

TEST_CASE("built-in playbooks: a Saga or TCC is shown where a transaction becomes one, never without any", "[data]") {
  for (const Shelf* const shelf : {&reference(), &generated()}) {
    for (const Runbook& runbook : shelf->runbooks) {
      const auto& plans = runbook.derived.transactions;
      const auto becomes = [&plans](TransactionTarget target) {
        return std::any_of(plans.begin(), plans.end(), [target](const auto& plan) { return plan.target == target; });
      };
      INFO(shelf->inventory[runbook.service].name);
      CHECK(has_step(runbook, "tx-saga") == becomes(TransactionTarget::Saga));
      CHECK(has_step(runbook, "tx-tcc") == becomes(TransactionTarget::Tcc));
    }
  }
}

TEST_CASE("built-in playbooks: slices without a copy are shown where a payload has them", "[data]") {
  for (const Shelf* const shelf : {&reference(), &generated()}) {
    for (const Runbook& runbook : shelf->runbooks) {
      const auto& payloads = runbook.derived.payloads;
      CHECK(has_step(runbook, "payloads-fixed-size") ==
            std::any_of(payloads.begin(), payloads.end(), [](const auto& one) { return one.holds_numbers; }));
    }
  }
}

TEST_CASE("built-in playbooks: a step says a phase that the service's route has, or none", "[data]") {
  for (const Runbook& runbook : reference().runbooks) {
    const auto& route = builtin_policy().schedule().routes.at(std::string(runbook.derived.route));
    for (const ChosenStep& chosen : runbook.steps) {
      const bool is_of_route =
          std::find(route.phases.begin(), route.phases.end(), chosen.step->phase) != route.phases.end();
      CHECK(chosen.phase == (is_of_route ? std::string_view(chosen.step->phase) : std::string_view()));
    }
  }
}

TEST_CASE("built-in playbooks: limits are the policy's, none stands in a rule as a number", "[data]") {
  PolicyValues other = builtin_policy().values();
  other.gate.throughput_lift = Percent::whole(31);
  other.gate.memory_drop = Percent::whole(47);
  other.gate.grpc_unavailable = Percent::from_steps(20'000);        // 0.02 %: 14,978 calls
  other.gate.grpc_deadline_exceeded = Percent::from_steps(10'000);  // 0.01 %: 29,956 calls
  other.canary.p99_delta = Milliseconds::whole(61);
  other.canary.difference = Percent::from_steps(2'000);  // 0.002 %: 149,786 pairs
  other.canary.ramp = {Percent::whole(3), Percent::whole(30), Percent::whole(100)};
  other.canary.p95 = Milliseconds::whole(333);
  other.sunset.grey_share = Percent::whole(7);
  other.sunset.grey_p99_for = Seconds::whole(180);
  other.sunset.on_target_days = CalendarDays::whole(9);
  other.sunset.quiet_hours = Hours::whole(80);
  other.sunset.greatest_gap = Seconds::whole(600);
  other.playbook.least_gogc = Count::whole(60);
  other.lint.min_available = Count::whole(4);
  other.tiers[0].name = "P0";
  const auto policy = Policy::create(other);
  REQUIRE(policy.is_ok());
  const Shelf shelf(read("services.yaml", reference_text()), policy.value());
  std::string all;
  for (const std::string& text : texts_of(shelf)) all += text;
  for (const char* const old : {"299,572",       "299572",      "2,995",     "2995 ",       "5,990",
                                "5990 ",         "38 million",  " 45 %",     "0.1 %",       "0.001 %",
                                "50 ms",         "320 ms",      "in tier S", "tier S must", "5 % of the traffic",
                                "2 minutes",     "15 minutes",  "72 hours",  "two weeks",   "minAvailable: 2",
                                "GOGC below 50", "Below 50 use"}) {
    INFO(old);
    CHECK(all.find(old) == std::string::npos);
  }
  for (const char* const now : {"149786 pairs", "14978 calls", "29956 that", "minAvailable: 4", "tier P0", "61 ms"}) {
    INFO(now);
    CHECK(all.find(now) != std::string::npos);
  }
}

namespace {

// Where what a template may name and what it is given differ.
std::string difference(std::span<const TemplateVariable> known, const TemplateObject& given,
                       const std::string& of = {}) {
  static const std::set<std::string> kOfStep{"scheduled", "phase_start", "phase_finish"};  // the renderer knows them
  std::map<std::string, const TemplateValue*> values;
  for (const auto& [name, value] : given.members) values.emplace(name, &value);
  for (const TemplateVariable& variable : known) {
    const std::string path = of + variable.name;
    if (of.empty() && kOfStep.contains(variable.name)) continue;
    const auto found = values.find(variable.name);
    if (found == values.end()) return path + " is not given";
    const auto& value = found->second->value;
    const bool fits = std::holds_alternative<std::monostate>(value) ||
                      (variable.type == VariableType::Value && std::holds_alternative<std::string>(value)) ||
                      (variable.type == VariableType::Flag && std::holds_alternative<bool>(value)) ||
                      (variable.type == VariableType::Texts && std::holds_alternative<std::vector<std::string>>(value));
    if (const auto* const objects = std::get_if<std::vector<TemplateObject>>(&value)) {
      if (variable.type != VariableType::Objects) return path + " is of another type";
      for (const TemplateObject& object : *objects) {
        if (std::string inner = difference(variable.inner, object, path + "."); !inner.empty()) return inner;
      }
    } else if (!fits) {
      return path + " is of another type";
    }
    values.erase(found);
  }
  return values.empty() ? "" : of + values.begin()->first + " cannot be named";
}

}  // namespace

TEST_CASE("built-in playbooks: a template may name what it is given, and is given what it may name", "[data]") {
  for (const Shelf* const shelf : {&reference(), &generated()}) {
    for (const Runbook& runbook : shelf->runbooks) CHECK(difference(template_variables(), runbook.variables).empty());
  }
}
