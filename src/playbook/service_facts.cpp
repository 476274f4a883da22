#include "migplan/playbook/service_facts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "fact_source.hpp"
#include "migplan/scoring/quadrant.hpp"

namespace migplan {
namespace {

FactValue word(std::string_view found) { return found.empty() ? FactValue{} : FactValue(std::string(found)); }

template <class Q>
FactValue number(Q quantity) {
  return Number{quantity.steps(), Q::kDecimals};
}
template <class Stated>
FactValue stated(const Stated& fact) {
  return fact.is_known() ? number(fact.value()) : FactValue{};
}
FactValue count(std::size_t found) { return Number{static_cast<std::int64_t>(found), 0}; }
FactValue yes_or_no(std::optional<bool> found) { return found ? FactValue(*found) : FactValue{}; }

FactValue sheet_fact(const FactSource& from, FactId id, int decimals) {
  const FactSheet::Entry& entry = from.sheet[id];
  return entry.is_known() ? FactValue(Number{entry.steps, decimals}) : FactValue{};
}

template <class Counts>
FactValue dependencies(const FactSource& from, Counts counts) {
  if (!from.service.has_dependency_list) return {};
  const auto& all = from.service.depends_on;
  return count(static_cast<std::size_t>(std::count_if(all.begin(), all.end(), counts)));
}

FactValue memory(const FactSource& from, FactValue (*get)(const MemoryPrediction&)) {
  return from.derived.memory ? get(*from.derived.memory) : FactValue{};
}

FactValue modes(const FactSource& from) {
  std::vector<std::string> found;
  for (const Transaction& transaction : from.details.transactions) {
    std::string mode(name_of(transaction.mode));
    if (std::find(found.begin(), found.end(), mode) == found.end()) found.push_back(std::move(mode));
  }
  return found.empty() ? FactValue{} : FactValue(std::move(found));
}

bool reserves(const FactSource& from) {
  const auto& all = from.details.transactions;
  return std::any_of(all.begin(), all.end(), [](const Transaction& transaction) {
    return std::any_of(transaction.steps.begin(), transaction.steps.end(),
                       [](const TransactionStep& step) { return !step.reserves.empty(); });
  });
}

FactValue transactions_to(const FactSource& from, TransactionTarget target) {
  const auto& all = from.derived.transactions;
  return count(static_cast<std::size_t>(
      std::count_if(all.begin(), all.end(), [target](const TransactionPlan& plan) { return plan.target == target; })));
}

FactValue number_payloads(const FactSource& from) {
  const auto& all = from.derived.payloads;
  return count(static_cast<std::size_t>(
      std::count_if(all.begin(), all.end(), [](const PayloadVerdict& payload) { return payload.holds_numbers; })));
}

FactValue stack(const FactSource& from) {
  std::vector<std::string> found(profile_of(from.service).stack.begin(), profile_of(from.service).stack.end());
  return found.empty() ? FactValue{} : FactValue(std::move(found));
}

FactValue priority(const FactSource& from) {
  const auto found = quadrant_place(from.service, from.policy.quadrant()).priority;
  return found ? FactValue(Number{*found, 0}) : FactValue{};
}

struct Row {
  PlaybookFact fact;
  FactValue (*get)(const FactSource&);
};
using From = const FactSource&;
constexpr bool kSafe = true, kFree = false;

// The order is that of the documentation.
constexpr std::array kRows{
    Row{{"name", FactType::Text, kSafe, "name of the service"}, [](From f) { return word(f.service.name); }},
    Row{{"display_name", FactType::Text, kFree, "name for people"},
        [](From f) { return word(profile_of(f.service).display_name); }},
    Row{{"domain", FactType::Text, kFree, "business domain"}, [](From f) { return word(f.service.domain); }},
    Row{{"team", FactType::Text, kFree, "team"}, [](From f) { return word(f.service.team); }},
    Row{{"owner", FactType::Text, kFree, "owner"}, [](From f) { return word(profile_of(f.service).owner); }},
    Row{{"kind", FactType::Text, kSafe, "core, standard or long-tail"},
        [](From f) { return word(name_of(f.service.kind)); }},
    Row{{"tier", FactType::Text, kFree, "tier of its score"},
        [](From f) { return word(f.policy.tiers()[f.score.tier].name); }},
    Row{{"first_tier", FactType::Flag, kSafe, "whether that is the policy's highest"},
        [](From f) { return FactValue(f.score.tier == 0); }},
    Row{{"score", FactType::Number, kSafe, "points"}, [](From f) { return number(f.score.total); }},
    Row{{"route", FactType::Text, kFree, "route that the schedule gives it"},
        [](From f) { return word(f.derived.route); }},
    Row{{"status", FactType::Text, kSafe, "as the inventory says"},
        [](From f) { return f.service.status ? word(name_of(*f.service.status)) : FactValue{}; }},
    Row{{"window", FactType::Text, kSafe, "committed quarter"},
        [](From f) {
          const auto& window = f.details.committed_window;
          return window ? FactValue(window->to_string()) : FactValue{};
        }},
    Row{{"stack", FactType::Texts, kFree, "what it is built with"}, stack},
    Row{{"jdk", FactType::Number, kSafe, "feature release of the JDK"},
        [](From f) { return stated(profile_of(f.service).platform.jdk); }},
    Row{{"framework", FactType::Text, kFree, "main framework"},
        [](From f) { return word(profile_of(f.service).platform.framework); }},
    Row{{"framework_end_of_life", FactType::Flag, kSafe, "whether its support has ended"},
        [](From f) { return yes_or_no(profile_of(f.service).platform.is_framework_end_of_life); }},
    Row{{"automated_test_coverage", FactType::Number, kSafe, "0 to 1"},
        [](From f) { return stated(profile_of(f.service).platform.automated_test_coverage); }},
    Row{{"missing_documentation", FactType::Number, kSafe, "0 to 1"},
        [](From f) { return stated(profile_of(f.service).platform.missing_documentation); }},
    Row{{"cve_count", FactType::Number, kSafe, "known vulnerabilities"},
        [](From f) { return stated(profile_of(f.service).platform.cve_count); }},
    Row{{"heap_max_mb", FactType::Number, kSafe, "greatest Java heap, MiB"},
        [](From f) { return stated(f.details.runtime.heap_max); }},
    Row{{"live_heap_mb", FactType::Number, kSafe, "live Java heap, MiB"},
        [](From f) { return stated(f.details.runtime.live_heap); }},
    Row{{"gc", FactType::Text, kFree, "garbage collector"}, [](From f) { return word(f.details.runtime.gc); }},
    Row{{"threads", FactType::Number, kSafe, "Java threads"}, [](From f) { return stated(f.details.runtime.threads); }},
    Row{{"requests_per_second", FactType::Number, kSafe, "requests a second"},
        [](From f) { return stated(profile_of(f.service).traffic); }},
    Row{{"peak_orders_per_second", FactType::Number, kSafe, "orders a second at the busiest time"},
        [](From f) { return stated(f.service.impact.peak_orders_per_second); }},
    Row{{"sla_30d", FactType::Number, kSafe, "availability of 30 days, percent"},
        [](From f) { return stated(f.service.impact.sla_30d); }},
    Row{{"sla_target", FactType::Number, kSafe, "availability owed, percent"},
        [](From f) { return sheet_fact(f, FactId::SlaTarget, Percent::kDecimals); }},
    Row{{"sonar_debt_days", FactType::Number, kSafe, "technical debt, days"},
        [](From f) { return stated(f.service.debt.sonar_debt_days); }},
    Row{{"high_risk_vulnerabilities", FactType::Number, kSafe, "HIGH and CRITICAL"},
        [](From f) { return stated(f.service.debt.high_risk_vulnerabilities); }},
    Row{{"strong_dependencies", FactType::Number, kSafe, "as its score counts them"},
        [](From f) { return sheet_fact(f, FactId::DownstreamStrong, Count::kDecimals); }},
    Row{{"weak_dependencies", FactType::Number, kSafe, "listed under depends_on"},
        [](From f) { return dependencies(f, [](const Dependency& d) { return d.strength == Strength::Weak; }); }},
    Row{{"external_dependencies", FactType::Number, kSafe, "listed under depends_on"},
        [](From f) { return dependencies(f, [](const Dependency& d) { return d.is_external; }); }},
    Row{{"callers", FactType::Number, kSafe, "services that depend on it"}, [](From f) { return count(f.callers); }},
    Row{{"transactions", FactType::Number, kSafe, "declared transactions"},
        [](From f) { return count(f.details.transactions.size()); }},
    Row{{"transaction_modes", FactType::Texts, kSafe, "at, saga, tcc: those that occur"}, modes},
    Row{{"saga_transactions", FactType::Number, kSafe, "those that become a Saga, or stay one"},
        [](From f) { return transactions_to(f, TransactionTarget::Saga); }},
    Row{{"tcc_transactions", FactType::Number, kSafe, "those that become TCC, or stay it"},
        [](From f) { return transactions_to(f, TransactionTarget::Tcc); }},
    Row{{"reserves", FactType::Flag, kSafe, "whether a step of a transaction reserves a resource"},
        [](From f) { return FactValue(reserves(f)); }},
    Row{{"payloads", FactType::Number, kSafe, "stated payload types"},
        [](From f) { return count(f.details.payloads.size()); }},
    Row{{"number_payloads", FactType::Number, kSafe, "of these, with slices of numbers that go as they lie"},
        number_payloads},
    Row{{"elastic", FactType::Flag, kSafe, "whether it has to scale within seconds"},
        [](From f) { return yes_or_no(f.derived.is_elastic); }},
    Row{{"strong_consistency", FactType::Flag, kSafe, "whether it declares a transaction"},
        [](From f) { return FactValue(!f.details.transactions.empty()); }},
    Row{{"decision", FactType::Text, kSafe, "assess-legacy, saga-with-tracing or event-sourcing"},
        [](From f) { return f.derived.decision ? word(name_of(*f.derived.decision)) : FactValue{}; }},
    Row{{"configuration", FactType::Text, kSafe, "nacos, etcd-viper or consul-kv"},
        [](From f) { return word(name_of(f.derived.configuration)); }},
    Row{{"core_flow_calls", FactType::Number, kSafe, "calls from core flows"},
        [](From f) { return stated(profile_of(f.service).coupling.core_flow_calls); }},
    Row{{"data_dependency_interfaces", FactType::Number, kSafe, "interfaces it shares data over"},
        [](From f) { return stated(profile_of(f.service).coupling.data_dependency_interfaces); }},
    Row{{"priority", FactType::Number, kSafe, "1 to 10, of coupling and obsolescence"}, priority},
    Row{{"disposition", FactType::Text, kFree, "what the policy does with such a service"},
        [](From f) { return word(quadrant_place(f.service, f.policy.quadrant()).disposition); }},
    Row{{"memory_limit_mb", FactType::Number, kSafe, "what the memory test leaves of the Java heap, MiB"},
        [](From f) { return memory(f, [](const MemoryPrediction& m) { return number(m.limit); }); }},
    Row{{"predicted_peak_mb", FactType::Number, kSafe, "of the Go service, MiB"},
        [](From f) { return memory(f, [](const MemoryPrediction& m) { return number(m.peak); }); }},
    Row{{"predicted_drop", FactType::Number, kSafe, "of the peak against the greatest Java heap, percent"},
        [](From f) { return memory(f, [](const MemoryPrediction& m) { return number(m.drop); }); }},
    Row{{"memory_excess_mb", FactType::Number, kSafe, "of the predicted peak over the limit, MiB"},
        [](From f) { return memory(f, [](const MemoryPrediction& m) { return number(m.excess); }); }},
    Row{{"memory_verdict", FactType::Text, kSafe, "within or above"},
        [](From f) {
          return memory(f, [](const MemoryPrediction& m) { return word(m.is_within() ? "within" : "above"); });
        }},
    Row{{"gogc", FactType::Number, kSafe, "advised GOGC"},
        [](From f) { return memory(f, [](const MemoryPrediction& m) {
                       return FactValue(Number{m.gogc, 0});
                     }); }},
    Row{{"gomemlimit_mb", FactType::Number, kSafe, "advised GOMEMLIMIT, MiB"},
        [](From f) { return memory(f, [](const MemoryPrediction& m) { return number(m.gomemlimit); }); }},
    Row{{"container_limit_mb", FactType::Number, kSafe, "advised memory limit of the container, MiB"},
        [](From f) { return memory(f, [](const MemoryPrediction& m) { return number(m.container_limit); }); }},
    Row{{"ramp_hours", FactType::Number, kSafe,
         "hours that the grey release takes at its traffic, without a difference"},
        [](From f) { return f.derived.ramp.time ? number(*f.derived.ramp.time) : FactValue{}; }},
    Row{{"ramp_fits", FactType::Flag, kSafe, "whether that is within the phase canary of the policy"},
        [](From f) { return yes_or_no(f.derived.ramp.fits); }},
    Row{{"effort_days", FactType::Number, kSafe, "working days of a squad"},
        [](From f) { return number(f.derived.effort.days); }},
    Row{{"effort_is_estimated", FactType::Flag, kSafe, "nobody stated it: the schedule's rule did"},
        [](From f) { return FactValue(f.derived.effort.is_estimated); }},
};

constexpr auto kFacts = [] {
  std::array<PlaybookFact, kRows.size()> facts{};
  for (std::size_t i = 0; i < kRows.size(); ++i) facts[i] = kRows[i].fact;
  return facts;
}();

std::optional<bool> elastic(const Service& service, RequestsPerSecond limit) {
  const auto& orders = service.impact.peak_orders_per_second;
  if (!orders.is_known() && !profile_of(service).traffic.is_known()) return std::nullopt;
  // Both units have the same steps.
  static_assert(OrdersPerSecond::kDecimals == RequestsPerSecond::kDecimals);
  return (orders.is_known() && orders.value().steps() >= limit.steps()) ||
         (profile_of(service).traffic.is_known() && profile_of(service).traffic.value() >= limit);
}

}  // namespace

std::span<const PlaybookFact> playbook_facts() noexcept { return kFacts; }

Result<Condition> parse_rule_condition(std::string_view expression) {
  std::array<ConditionName, kFacts.size()> names{};
  for (std::size_t i = 0; i < kFacts.size(); ++i) names[i] = {kFacts[i].name, kFacts[i].type == FactType::Number};
  return Condition::parse(expression, names, "fact");
}

PlaybookLandscape::PlaybookLandscape(const Scorecard& card)
    : card_(&card), planned_tiers_(planned_tiers(card)), callers_(card.inventory().size()) {
  for (ServiceIndex i = 0; i < card.inventory().size(); ++i) {
    for (const Dependency& dependency : card.inventory().dependencies(i)) {
      if (!dependency.is_external) callers_[dependency.target].push_back(i);
    }
  }
}

DerivedFacts derived_facts(const PlaybookLandscape& landscape, ServiceIndex index) {
  const Scorecard& card = landscape.card();
  const Policy& policy = card.policy();
  const Service& service = card.inventory()[index];
  const ServiceDetails& details = details_of(service);
  DerivedFacts facts;
  facts.route = route_of(policy, service.kind, landscape.planned_tier(index));
  facts.effort = effort_of(card, index);
  facts.memory = memory_prediction(details.runtime, policy);
  for (const Transaction& one : details.transactions) facts.transactions.push_back(transaction_plan(one));
  for (const std::string_view java : details.payloads) facts.payloads.push_back(payload_verdict(java));
  facts.ramp = ramp_prediction(policy, profile_of(service).traffic.is_known()
                                           ? std::optional(profile_of(service).traffic.value())
                                           : std::nullopt);
  facts.is_elastic = elastic(service, policy.playbook().elastic_rps);
  facts.decision = decision_for(facts.is_elastic, !details.transactions.empty());
  facts.configuration = configuration_for(card[index].tier == 0, facts.is_elastic.value_or(false));
  return facts;
}

ServiceFacts::ServiceFacts(const PlaybookLandscape& landscape, ServiceIndex index, const DerivedFacts& derived) {
  const Scorecard& card = landscape.card();
  const Service& service = card.inventory()[index];
  const FactSource from{service,     details_of(service), card.policy(),
                        card[index], card.sheet(index),   landscape.callers(index).size(),
                        derived};
  for (const Row& row : kRows) {
    values_.push_back(row.get(from));
    const auto* const list = std::get_if<std::vector<std::string>>(&values_.back());
    lists_.push_back(list == nullptr ? std::string() : fmt::format("{}", fmt::join(*list, "; ")));
  }
}

const FactValue& ServiceFacts::operator[](std::string_view name) const noexcept {
  const auto* const found =
      std::find_if(kFacts.begin(), kFacts.end(), [name](const PlaybookFact& fact) { return fact.name == name; });
  MIGPLAN_ASSERT(found != kFacts.end());
  return values_[static_cast<std::size_t>(found - kFacts.begin())];
}

bool ServiceFacts::holds(const ConditionTest& test) const {
  const FactValue& value = values_[test.name];
  if (const auto* const found = std::get_if<std::string>(&value)) return test.holds(std::string_view(*found));
  if (const auto* const found = std::get_if<Number>(&value)) return test.holds(*found);
  if (const auto* const found = std::get_if<bool>(&value)) return test.holds(*found);
  if (std::holds_alternative<std::monostate>(value)) return test.holds(ConditionValue{});
  return test.holds(std::string_view(lists_[test.name]));
}

std::string ServiceFacts::words(std::size_t fact) const {
  const FactValue& value = values_[fact];
  if (const auto* const found = std::get_if<std::string>(&value)) return *found;
  if (const auto* const found = std::get_if<Number>(&value)) return trimmed(found->steps, found->decimals);
  if (const auto* const found = std::get_if<bool>(&value)) return *found ? "yes" : "no";
  return std::holds_alternative<std::monostate>(value) ? "-" : lists_[fact];
}

}  // namespace migplan
