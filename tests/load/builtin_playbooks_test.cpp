// The built-in rules: read without fault, each reachable, each entry of a stack answered.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <set>
#include <sstream>
#include <string>
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
      "transactions: [{name: t, mode: tcc, steps: [{service: x, action: a, reserves: stock}]}]"};
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
  Scorecard card{inventory, builtin_policy()};
  PlaybookLandscape landscape{card};
  std::vector<Runbook> runbooks{};

  explicit Shelf(Inventory of) : inventory(std::move(of)) {
    for (ServiceIndex i = 0; i < inventory.size(); ++i) {
      runbooks.push_back(make_runbook(landscape, builtin(), i, nullptr));
    }
  }
};

std::set<std::string> reference_stack(const Inventory& inventory) {
  std::set<std::string> keys;
  for (const Service& service : inventory.services()) keys.insert(service.stack.begin(), service.stack.end());
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
    for (const std::string_view key : service.stack) {
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
      const auto& stack = shelf->inventory[runbook.service].stack;
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
