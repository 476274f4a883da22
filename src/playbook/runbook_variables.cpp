#include "runbook_variables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "migplan/base/decimal.hpp"
#include "migplan/playbook/identifier.hpp"
#include "migplan/verification/binomial_bounds.hpp"

namespace migplan {
namespace {

TemplateValue text_value(std::string_view text) {
  return text.empty() ? TemplateValue{} : TemplateValue{std::string(text)};
}
template <class Texts>
TemplateValue texts_value(const Texts& texts) {
  return {std::vector<std::string>(texts.begin(), texts.end())};
}

// Names of one service's code, made from what its inventory says.
class VariableMaker {
 public:
  VariableMaker(const PlaybookLandscape& landscape, const Runbook& runbook)
      : landscape_(landscape), runbook_(runbook), service_(inventory()[runbook.service]) {}

  TemplateObject run() {
    add_facts();
    add_names();
    add_neighbours();
    add_transactions();
    add_payloads();
    add_limits();
    return std::move(made_);
  }

 private:
  [[nodiscard]] const Inventory& inventory() const { return landscape_.card().inventory(); }
  [[nodiscard]] const Policy& policy() const { return landscape_.card().policy(); }
  void add(std::string_view name, TemplateValue value) { made_.members.push_back({name, std::move(value)}); }
  void add(std::string_view name, std::string text) { add(name, TemplateValue{std::move(text)}); }
  template <class Q>
  void add_number(std::string_view name, Q quantity) {
    add(name, trimmed(quantity));
  }

  void add_facts() {
    const auto facts = playbook_facts();
    for (std::size_t i = 0; i < facts.size(); ++i) {
      const FactValue& value = runbook_.facts[i];
      if (const auto* const found = std::get_if<bool>(&value)) {
        add(facts[i].name, TemplateValue{*found});
      } else if (std::holds_alternative<std::monostate>(value)) {
        add(facts[i].name, TemplateValue{});
      } else {
        add(facts[i].name, runbook_.facts.words(i));
      }
    }
    add("stack_list", texts_value(profile_of(service_).stack));
    const FactValue& modes = runbook_.facts["transaction_modes"];
    const auto* const list = std::get_if<std::vector<std::string>>(&modes);
    add("transaction_modes_list", list == nullptr ? TemplateValue{} : TemplateValue{*list});
  }

  void add_names() {
    add("package_name", go_package(service_.name));
    add("go_name", go_service_name(service_.name));
    add("module", fmt::format("example.com/{}", service_.name));
    add("env_prefix", env_prefix(service_.name));
    const Configuration configuration = runbook_.derived.configuration;
    add("is_nacos", TemplateValue{configuration == Configuration::Nacos});
    add("is_etcd_viper", TemplateValue{configuration == Configuration::EtcdViper});
    add("is_consul_kv", TemplateValue{configuration == Configuration::ConsulKv});
    add("cutover", runbook_.cutover ? TemplateValue{runbook_.cutover->to_string()} : TemplateValue{});
  }

  void add_neighbours() {
    std::vector<TemplateObject> dependencies, callers;
    for (const Dependency& one : service_.depends_on) {
      TemplateObject made = named_service(one.service, neighbour_names_.of(one.service));
      made.members.push_back({"strength", text_value(name_of(one.strength))});
      made.members.push_back({"is_strong", TemplateValue{one.strength == Strength::Strong}});
      made.members.push_back({"is_external", TemplateValue{one.is_external}});
      dependencies.push_back(std::move(made));
    }
    for (const ServiceIndex caller : landscape_.callers(runbook_.service)) {
      const std::string_view name = inventory()[caller].name;
      callers.push_back(named_service(name, neighbour_names_.of(name)));
    }
    add("depends_on", {std::move(dependencies)});
    add("callers_list", {std::move(callers)});
  }

  static TemplateObject named_service(std::string_view name, const std::string& go_name) {
    return {{{"service", text_value(name)},
             {"package_name", TemplateValue{go_package(name)}},
             {"go_name", TemplateValue{go_name}}}};
  }

  void add_transactions() {
    std::vector<TemplateObject> made;
    for (const TransactionPlan& plan : runbook_.derived.transactions) made.push_back(transaction(plan));
    add("transactions_list", {std::move(made)});
  }

  TemplateObject transaction(const TransactionPlan& plan) {
    std::vector<TemplateObject> steps, findings;
    for (std::size_t i = 0; i < plan.declared->steps.size(); ++i) steps.push_back(step(*plan.declared, i));
    for (const TransactionFinding& finding : plan.findings) {
      findings.push_back(
          {{{"severity", text_value(name_of(finding.severity))},
            {"message", TemplateValue{finding.message}},
            {"step", finding.step == 0 ? TemplateValue{} : TemplateValue{fmt::format("{}", finding.step)}}}});
    }
    std::vector<TemplateObject> reversed(steps.rbegin(), steps.rend());
    // First and last are those of the order in which they are shown.
    for (TemplateObject& one : reversed) {
      auto& first = one.members[one.members.size() - 2].value.value;
      auto& last = one.members[one.members.size() - 1].value.value;
      std::swap(first, last);
    }
    return {{{"name", text_value(plan.declared->name)},
             {"go_name", TemplateValue{transaction_names_.of(plan.declared->name)}},
             {"mode", text_value(name_of(plan.declared->mode))},
             {"target", text_value(name_of(plan.target))},
             {"why", TemplateValue{plan.why}},
             {"is_saga", TemplateValue{plan.target == TransactionTarget::Saga}},
             {"is_tcc", TemplateValue{plan.target == TransactionTarget::Tcc}},
             {"steps", {std::move(steps)}},
             {"reversed_steps", {std::move(reversed)}},
             {"findings", {std::move(findings)}}}};
  }

  TemplateObject step(const Transaction& of, std::size_t i) {
    const TransactionStep& step = of.steps[i];
    // An interface has both, so they must not become one name.
    const std::string undo = step.compensation.empty() ? "" : go_compensation(step);
    // The id is the key that every step is given, nothing that one carries.
    std::vector<std::string_view> needs(step.needs.begin(), step.needs.end());
    std::erase_if(needs, is_transaction_id);
    const std::string_view idempotent = !step.is_idempotent ? "not stated" : *step.is_idempotent ? "yes" : "no";
    return {{{"number", TemplateValue{fmt::format("{}", i + 1)}},
             {"service", text_value(step.service)},
             {"package_name", TemplateValue{go_package(step.service)}},
             {"go_service", TemplateValue{go_identifier(step.service)}},
             {"action", text_value(step.action)},
             {"go_action", TemplateValue{action_names_.of(step.action)}},
             {"compensation", text_value(step.compensation)},
             {"go_compensation", text_value(undo)},
             {"reserves", text_value(step.reserves)},
             {"carries", texts_value(step.carries)},
             {"needs", texts_value(needs)},
             {"has_carries", TemplateValue{!step.carries.empty()}},
             {"has_needs", TemplateValue{!needs.empty()}},
             {"idempotent", text_value(idempotent)},
             {"is_first", TemplateValue{i == 0}},
             {"is_last", TemplateValue{i + 1 == of.steps.size()}}}};
  }

  std::string go_compensation(const TransactionStep& step) {
    return action_names_.of(step.compensation == step.action ? fmt::format("undo {}", step.compensation)
                                                             : std::string(step.compensation));
  }

  void add_payloads() {
    std::vector<TemplateObject> made;
    for (const PayloadVerdict& payload : runbook_.derived.payloads) {
      made.push_back({{{"java", text_value(payload.java)},
                       {"go", text_value(payload.go)},
                       {"zero_copy", text_value(payload.zero_copy)},
                       {"reason", text_value(payload.reason)},
                       {"wire", text_value(payload.wire)},
                       {"holds_numbers", TemplateValue{payload.holds_numbers}}}});
    }
    add("payload_list", {std::move(made)});
  }

  void add_limits() {
    add_gate_limits(policy().gate());
    add_canary_limits(policy().canary());
    add_sunset_limits(policy().sunset());
    add("reconcile_business_fields", fmt::format("{}", fmt::join(policy().reconcile().business_fields, ", ")));
    add("reconcile_version_field", text_value(policy().reconcile().version_field));
    add_number("slo_coverage", policy().slo().coverage);
    add_number("lint_min_available", policy().lint().min_available);
    add("lint_log_fields", fmt::format("{}", fmt::join(policy().lint().log_fields, ", ")));
    add_number("elastic_rps", policy().playbook().elastic_rps);
    add_number("least_gogc", policy().playbook().least_gogc);
  }

  // How many calls show a limit when none of them fails.
  void add_calls(std::string_view name, Percent limit) {
    const auto calls = trials_without_event(limit, policy().gate().confidence);
    add(name, calls ? TemplateValue{fmt::format("{}", *calls)} : TemplateValue{});
  }

  void add_gate_limits(const GatePolicy& gate) {
    add_number("gate_throughput_lift", gate.throughput_lift);
    add_number("gate_memory_drop", gate.memory_drop);
    add_number("gate_grpc_unavailable", gate.grpc_unavailable);
    add_number("gate_grpc_deadline_exceeded", gate.grpc_deadline_exceeded);
    add_calls("gate_calls_unavailable", gate.grpc_unavailable);
    add_calls("gate_calls_deadline_exceeded", gate.grpc_deadline_exceeded);
  }

  void add_canary_limits(const CanaryPolicy& canary) {
    std::vector<std::string> ramp;
    for (const Percent share : canary.ramp) ramp.push_back(trimmed(share));
    const RampPrediction& need = runbook_.derived.ramp;
    add_number("canary_first_share", canary.ramp.front());
    add("canary_pairs", fmt::format("{}", need.pairs));
    add("canary_ramp_requests", fmt::format("{}", need.requests));
    add("canary_slot_days", need.slot ? TemplateValue{trimmed(*need.slot)} : TemplateValue{});
    add_number("canary_version_equal", canary.version_equal);
    add_number("canary_least_samples", canary.least_samples);
    add_number("canary_p99_delta_ms", canary.p99_delta);
    add_number("canary_difference", canary.difference);
    add("canary_ramp", fmt::format("{}", fmt::join(ramp, ", ")));
    add_number("canary_success_rate", canary.success_rate);
    add_number("canary_p95_ms", canary.p95);
    add_number("canary_http_5xx", canary.http_5xx);
    add("canary_header", text_value(canary.header));
    add("canary_header_value", text_value(canary.header_value));
  }

  void add_sunset_limits(const SunsetPolicy& sunset) {
    add_number("sunset_grey_share", sunset.grey_share);
    add_number("sunset_grey_p99_ms", sunset.grey_p99);
    add_number("sunset_grey_p99_for_s", sunset.grey_p99_for);
    add_number("sunset_grey_hours", sunset.grey_hours);
    add_number("sunset_greatest_gap_s", sunset.greatest_gap);
    add_number("sunset_grey_error_rate", sunset.grey_error_rate);
    add_number("sunset_consistency", sunset.consistency);
    add_number("sunset_on_target_days", sunset.on_target_days);
    add_number("sunset_quiet_hours", sunset.quiet_hours);
    add_number("sunset_cdc_delay_s", sunset.cdc_delay);
    add_number("sunset_cdc_tries", sunset.cdc_tries);
  }

  const PlaybookLandscape& landscape_;
  const Runbook& runbook_;
  const Service& service_;
  DistinctIdentifiers neighbour_names_, transaction_names_, action_names_;
  TemplateObject made_;
};

}  // namespace

TemplateObject runbook_variables(const PlaybookLandscape& landscape, const Runbook& runbook) {
  return VariableMaker(landscape, runbook).run();
}

}  // namespace migplan
