#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <numeric>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "builders.hpp"
#include "migplan/load/inventory_reader.hpp"
#include "migplan/load/policy_reader.hpp"
#include "migplan/model/dependency_graph.hpp"
#include "migplan/scoring/inventory_check.hpp"
#include "migplan/scoring/quadrant.hpp"
#include "migplan/scoring/scorecard.hpp"

namespace migplan {
namespace {

namespace fs = std::filesystem;
using testing::of;

const fs::path kData = fs::path(MIGPLAN_SOURCE_DIR) / "data";

std::string text_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  REQUIRE(file);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

Inventory read(const fs::path& path) {
  const std::string text = text_of(path);
  std::vector<InventorySource> sources;
  sources.push_back({path.filename().string(), std::make_unique<TextSource>(text), std::nullopt});
  Result<Inventory> inventory = read_inventory(std::move(sources));
  for (const Issue& issue : inventory.issues().kept()) UNSCOPED_INFO(to_string(issue));
  REQUIRE(inventory.is_ok());
  CHECK(inventory.issues().is_empty());
  return std::move(inventory).value();
}

// The reference inventory, read once.
const Inventory& reference() {
  static const Inventory kInventory = read(kData / "services.yaml");
  return kInventory;
}

const Scorecard& reference_card() {
  static const Scorecard kCard(reference(), builtin_policy());
  return kCard;
}

ServiceIndex index_of(std::string_view name) {
  const auto found = reference().find(name);
  CAPTURE(std::string(name));
  REQUIRE(found);
  return *found;
}

std::string tier_of(std::string_view name) {
  return builtin_policy().tiers()[reference_card()[index_of(name)].tier].name;
}

std::string window_of(std::string_view name) {
  const auto window = details_of(reference()[index_of(name)]).committed_window;
  return window ? window->to_string() : "none";
}

TEST_CASE("built-in policy: it says what the models say", "[data]") {
  const PolicyValues expected = testing::reference_rules();
  const PolicyValues& found = builtin_policy().values();
  CHECK(found.scoring.weights.values == expected.scoring.weights.values);
  CHECK(found.scoring.method == expected.scoring.method);
  CHECK(found.scoring.full.values == expected.scoring.full.values);
  CHECK(found.scoring.curve.values == expected.scoring.curve.values);
  CHECK(found.scoring.vulnerability_days == expected.scoring.vulnerability_days);
  CHECK(found.scoring.sla_target == expected.scoring.sla_target);
  REQUIRE(found.tiers.size() == 3);
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(found.tiers[i].name == expected.tiers[i].name);
    CHECK(found.tiers[i].min_score == expected.tiers[i].min_score);
    CHECK(found.tiers[i].action == expected.tiers[i].action);
    CHECK(found.tiers[i].not_before == expected.tiers[i].not_before);
    CHECK(found.tiers[i].route == expected.tiers[i].route);
  }
}

TEST_CASE("built-in policy: its quadrant says what the models say", "[data]") {
  const QuadrantPolicy expected = testing::reference_rules().quadrant;
  const QuadrantPolicy& found = builtin_policy().quadrant();
  CHECK(found.full_core_flow_calls == expected.full_core_flow_calls);
  CHECK(found.full_data_interfaces == expected.full_data_interfaces);
  CHECK(found.full_cve_count == expected.full_cve_count);
  CHECK(found.full_jdk_generations == expected.full_jdk_generations);
  CHECK(found.long_term_releases == expected.long_term_releases);
  CHECK(found.low_up_to == expected.low_up_to);
  CHECK(found.high_from == expected.high_from);
  // 0.4 to 0.6, in whatever unit
  CHECK(found.coupling_weight.steps() * expected.obsolescence_weight.steps() ==
        found.obsolescence_weight.steps() * expected.coupling_weight.steps());
  for (const Band band : kBands) CHECK(found.dispositions[band].values == expected.dispositions[band].values);
}

TEST_CASE("services.yaml: there are 137 services and their mean availability is 99.72 percent", "[data]") {
  REQUIRE(reference().size() == 137);
  Percent sum;
  for (const Service& service : reference().services()) {
    REQUIRE(service.impact.sla_30d.is_known());
    sum += service.impact.sla_30d.value();
  }
  // steps are millionths: 10,000 to a hundredth of a point
  CHECK(divide_half_up(sum.steps(), Int128{137} * 10'000) == 9'972);
}

TEST_CASE("services.yaml: exactly 29 services are in tier S and every score is complete", "[data]") {
  std::map<std::string, int> counts;
  for (const Score& score : reference_card().scores()) {
    CHECK(score.is_complete());
    ++counts[builtin_policy().tiers()[score.tier].name];
  }
  CHECK(counts == std::map<std::string, int>{{"S", 29}, {"A", 45}, {"B", 63}});
}

TEST_CASE("services.yaml: the services that the programme names are as it says", "[data]") {
  struct Named {
    const char *name, *tier, *window, *sla;
    Status status;
    std::int64_t strong;
  };
  for (const Named& named : {Named{"trade-settlement", "S", "2024-Q2", "99.51", Status::CodeFrozen, 7},
                             Named{"coupon-calculation", "S", "2024-Q3", "99.68", Status::InDevelopment, 5},
                             Named{"risk-decision-api", "A", "2024-Q4", "99.85", Status::PendingEvaluation, 3}}) {
    CAPTURE(named.name);
    const Service& service = reference()[index_of(named.name)];
    CHECK(tier_of(named.name) == named.tier);
    CHECK(window_of(named.name) == named.window);
    CHECK(service.impact.sla_30d.value() == of<Percent>(named.sla));
    CHECK(service.status == named.status);
    CHECK(service.topology.downstream_strong_dependencies.value() == Count::whole(named.strong));
  }
}

TEST_CASE("services.yaml: the stock core and the promotion rules are in tier S", "[data]") {
  CHECK(tier_of("inventory-core-v2") == "S");
  CHECK(tier_of("promo-rule-engine") == "S");
}

TEST_CASE("services.yaml: the domains of the programme are there", "[data]") {
  std::map<std::string, int, std::less<>> domains;
  for (const Service& service : reference().services()) {
    CHECK_FALSE(service.domain.empty());
    ++domains[std::string(service.domain)];
  }
  for (const char* domain : {"trade-fulfilment", "inventory", "marketing", "risk"}) {
    CAPTURE(domain);
    CHECK(domains[domain] >= 10);
  }
}

TEST_CASE("services.yaml: it has a long tail and all states of a running programme", "[data]") {
  std::map<Kind, int> kinds;
  std::set<Status> states;
  for (const Service& service : reference().services()) {
    ++kinds[service.kind];
    REQUIRE(service.status);
    states.insert(*service.status);
  }
  CHECK(kinds[Kind::LongTail] >= 20);
  CHECK(kinds[Kind::Core] >= 20);
  CHECK(states.contains(Status::CodeFrozen));
  CHECK(states.contains(Status::InDevelopment));
  CHECK(states.contains(Status::PendingEvaluation));
}

TEST_CASE("services.yaml: what is stated of the topology is what the dependencies give", "[data]") {
  const Issues warnings = topology_warnings(reference());
  for (const Issue& issue : warnings.kept()) UNSCOPED_INFO(to_string(issue));
  CHECK(warnings.is_empty());
  for (const Service& service : reference().services()) {
    CAPTURE(std::string(service.name));
    CHECK(service.has_dependency_list);
    CHECK(service.topology.upstream_chain_length.is_known());
    CHECK(service.topology.downstream_strong_dependencies.is_known());
  }
}

TEST_CASE("services.yaml: every dependency leads to a service or to the outside", "[data]") {
  int inside = 0, outside = 0, weak = 0;
  for (ServiceIndex i = 0; i < reference().size(); ++i) {
    for (const Dependency& dependency : reference().dependencies(i)) {
      ++(dependency.is_external ? outside : inside);
      if (dependency.strength == Strength::Weak) ++weak;
      if (!dependency.is_external) CHECK(dependency.target < reference().size());
    }
  }
  CHECK(inside > 137);
  CHECK(outside > 0);
  CHECK(weak > 0);
}

TEST_CASE("services.yaml: there are a few small cycles", "[data]") {
  const auto cycles = DependencyGraph(reference()).cycles();
  CHECK(cycles.size() >= 3);
  CHECK(cycles.size() <= 4);
  for (const auto& cycle : cycles) CHECK(cycle.size() <= 4);
}

TEST_CASE("services.yaml: no two services have the same facts", "[data]") {
  std::set<std::vector<std::int64_t>> seen;
  std::set<std::string_view> display_names;
  for (ServiceIndex i = 0; i < reference().size(); ++i) {
    const FactSheet sheet = reference_card().sheet(i);
    std::vector<std::int64_t> facts;
    for (const FactInfo& info : fact_infos()) facts.push_back(sheet[info.id].steps);
    CAPTURE(std::string(reference()[i].name));
    CHECK(seen.insert(facts).second);
    CHECK(display_names.insert(profile_of(reference()[i]).display_name).second);
    CHECK_FALSE(profile_of(reference()[i]).display_name.empty());
  }
}

TEST_CASE("services.yaml: a tenth of the services carries over a third of the traffic, the quieter half under a tenth",
          "[data]") {
  std::vector<std::int64_t> requests, peaks;
  for (const Service& service : reference().services()) {
    requests.push_back(profile_of(service).traffic.value().steps());
    peaks.push_back(service.impact.peak_orders_per_second.value().steps());
  }
  const auto share_of_top = [](std::vector<std::int64_t> values, std::size_t count) {
    std::sort(values.rbegin(), values.rend());
    const auto end = values.begin() + static_cast<std::ptrdiff_t>(count);
    return static_cast<double>(std::accumulate(values.begin(), end, std::int64_t{0})) /
           static_cast<double>(std::accumulate(values.begin(), values.end(), std::int64_t{0}));
  };
  CHECK(share_of_top(requests, 14) > 1.0 / 3);
  // and the quieter half has next to nothing
  CHECK(share_of_top(requests, 68) > 0.9);
  CHECK(share_of_top(peaks, 68) > 0.9);
}

TEST_CASE("services.yaml: every pair of coupling and obsolescence occurs", "[data]") {
  std::set<std::pair<Band, Band>> cells;
  for (const Service& service : reference().services()) {
    const QuadrantPlace place = quadrant_place(service, builtin_policy().quadrant());
    CAPTURE(std::string(service.name));
    REQUIRE(place.coupling_band);
    REQUIRE(place.obsolescence_band);
    cells.emplace(*place.coupling_band, *place.obsolescence_band);
  }
  CHECK(cells.size() == 9);
}

TEST_CASE("services.yaml: no tier hangs on rounding", "[data]") {
  for (ServiceIndex i = 0; i < reference().size(); ++i) {
    for (const Points edge : {of<Points>("85"), of<Points>("65")}) {
      const std::int64_t distance = reference_card()[i].total.steps() - edge.steps();
      CAPTURE(std::string(reference()[i].name), distance);
      CHECK(std::abs(distance) > 30);  // hundredths
    }
  }
}

TEST_CASE("services.yaml: its generator writes it byte for byte", "[data][python3]") {
  if (std::system("python3 -c '' > /dev/null 2>&1") != 0) {  // NOLINT: a test may ask the shell
    WARN("skipped: python3 is not there");
    return;
  }
  const fs::path written =
      fs::temp_directory_path() /
      ("migplan-services-" + std::to_string(std::hash<std::string>{}(MIGPLAN_BINARY_DIR)) + ".yaml");
  const fs::path script = kData / "generator" / "make_services.py";
  const std::string command =
      "PYTHONDONTWRITEBYTECODE=1 python3 '" + script.string() + "' > '" + written.string() + "'";
  const int status = std::system(command.c_str());  // NOLINT: a test may ask the shell
  REQUIRE(status == 0);
  const std::string made = text_of(written);
  fs::remove(written);
  CHECK(made.size() == text_of(kData / "services.yaml").size());
  CHECK((made == text_of(kData / "services.yaml")));
}

TEST_CASE("train-ticket.yaml: 37 services and 92 dependencies of which nothing else is known", "[data]") {
  const Inventory inventory = read(kData / "examples" / "train-ticket.yaml");
  REQUIRE(inventory.size() == 37);
  std::size_t dependencies = 0;
  for (ServiceIndex i = 0; i < inventory.size(); ++i) dependencies += inventory.dependencies(i).size();
  CHECK(dependencies == 92);
  const Scorecard card(inventory, builtin_policy());
  for (ServiceIndex i = 0; i < inventory.size(); ++i) {
    CAPTURE(std::string(inventory[i].name));
    CHECK(card[i].known_dimensions() == 1);
    CHECK(card[i].terms[Dimension::Topology].is_known());
    CHECK(card.sheet(i)[FactId::UpstreamChain].origin == FactOrigin::Derived);
    CHECK(card.sheet(i)[FactId::DownstreamStrong].origin == FactOrigin::Derived);
  }
}

TEST_CASE("train-ticket.yaml: there is one cycle", "[data]") {
  const Inventory inventory = read(kData / "examples" / "train-ticket.yaml");
  const auto cycles = DependencyGraph(inventory).cycles();
  REQUIRE(cycles.size() == 1);
  std::set<std::string_view> members;
  for (const ServiceIndex member : cycles[0]) members.insert(inventory[member].name);
  CHECK(members == std::set<std::string_view>{"ts-seat-service", "ts-travel-service", "ts-travel2-service"});
}

}  // namespace
}  // namespace migplan
