#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "migplan/base/result.hpp"
#include "migplan/model/condition.hpp"
#include "migplan/playbook/decision.hpp"
#include "migplan/playbook/memory_prediction.hpp"
#include "migplan/playbook/payload_verdict.hpp"
#include "migplan/playbook/ramp_prediction.hpp"
#include "migplan/playbook/transaction_plan.hpp"
#include "migplan/scheduling/programme.hpp"
#include "migplan/scoring/scorecard.hpp"

namespace migplan {

enum class FactType : std::uint8_t { Text, Number, Flag, Texts };

// A fact of a service that conditions of rules test and their templates show.
struct PlaybookFact {
  std::string_view name;
  FactType type = FactType::Text;
  bool is_safe = false;  // a label, a word or a number of ours: never markup, whatever the inventory says
  std::string_view description;
};
[[nodiscard]] std::span<const PlaybookFact> playbook_facts() noexcept;

// A condition over them; the place of an issue is within the expression.
[[nodiscard]] Result<Condition> parse_rule_condition(std::string_view expression);

// Null = not known.
using FactValue = std::variant<std::monostate, bool, Number, std::string, std::vector<std::string>>;

// The services and what is worked out for all of them at once. Keeps a reference to the scorecard.
class PlaybookLandscape {
 public:
  explicit PlaybookLandscape(const Scorecard& card);

  [[nodiscard]] const Scorecard& card() const noexcept { return *card_; }
  [[nodiscard]] TierIndex planned_tier(ServiceIndex i) const noexcept { return planned_tiers_[i]; }
  // Services that depend on it, in the inventory's order.
  [[nodiscard]] std::span<const ServiceIndex> callers(ServiceIndex i) const noexcept { return callers_[i]; }

 private:
  const Scorecard* card_;
  std::vector<TierIndex> planned_tiers_;
  std::vector<std::vector<ServiceIndex>> callers_;
};

// What is worked out of one service's facts.
struct DerivedFacts {
  std::string_view route;
  Effort effort;
  std::optional<MemoryPrediction> memory;
  RampPrediction ramp;
  std::vector<TransactionPlan> transactions;
  std::vector<PayloadVerdict> payloads;
  std::optional<bool> is_elastic;
  std::optional<Decision> decision;
  Configuration configuration = Configuration::EtcdViper;
};
[[nodiscard]] DerivedFacts derived_facts(const PlaybookLandscape& landscape, ServiceIndex service);

// The facts of one service, in the order of playbook_facts().
class ServiceFacts {
 public:
  ServiceFacts(const PlaybookLandscape& landscape, ServiceIndex service, const DerivedFacts& derived);

  [[nodiscard]] const FactValue& operator[](std::size_t fact) const noexcept { return values_[fact]; }
  [[nodiscard]] const FactValue& operator[](std::string_view name) const noexcept;
  [[nodiscard]] bool holds(const ConditionTest& test) const;
  // The fact on one line: "-" where it is not known, lists with "; " between.
  [[nodiscard]] std::string words(std::size_t fact) const;

 private:
  std::vector<FactValue> values_;
  std::vector<std::string> lists_;  // of each list, its items joined by "; "
};

}  // namespace migplan
