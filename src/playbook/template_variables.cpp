#include "migplan/playbook/template_variables.hpp"

namespace migplan {
namespace {

using Variables = std::vector<TemplateVariable>;

TemplateVariable safe(std::string name) { return {std::move(name), VariableType::Value, true}; }
TemplateVariable free_text(std::string name) { return {std::move(name), VariableType::Value, false}; }
TemplateVariable flag(std::string name) { return {std::move(name), VariableType::Flag, true}; }
TemplateVariable texts(std::string name) { return {std::move(name), VariableType::Texts, false}; }
TemplateVariable objects(std::string name, Variables inner) {
  return {std::move(name), VariableType::Objects, true, std::move(inner)};
}

TemplateVariable variable_of(const PlaybookFact& fact) {
  switch (fact.type) {
    case FactType::Flag: return flag(std::string(fact.name));
    // A list by its own name is its items in one text; its items one by one are NAME_list.
    case FactType::Texts:
    case FactType::Text:
    case FactType::Number: break;
  }
  return {std::string(fact.name), VariableType::Value, fact.is_safe};
}

Variables step_variables() {
  return {
      safe("number"),    safe("service"),           safe("package_name"),    safe("go_service"),    free_text("action"),
      safe("go_action"), free_text("compensation"), safe("go_compensation"), free_text("reserves"), texts("carries"),
      texts("needs"),    flag("has_carries"),       flag("has_needs"),       safe("idempotent"),    flag("is_first"),
      flag("is_last")};
}

Variables transaction_variables() {
  return {free_text("name"),
          safe("go_name"),
          safe("mode"),
          safe("target"),
          free_text("why"),
          flag("is_saga"),
          flag("is_tcc"),
          objects("steps", step_variables()),
          objects("reversed_steps", step_variables()),
          objects("findings", {safe("severity"), free_text("message"), safe("step")})};
}

Variables all_variables() {
  Variables all;
  for (const PlaybookFact& fact : playbook_facts()) all.push_back(variable_of(fact));
  for (const char* const name :
       {"package_name", "go_name", "module", "env_prefix", "cutover", "phase_start", "phase_finish"}) {
    all.push_back(safe(name));
  }
  for (const char* const name : {"is_nacos", "is_etcd_viper", "is_consul_kv", "scheduled"}) all.push_back(flag(name));
  all.push_back(objects("depends_on", {safe("service"), safe("strength"), flag("is_external"), flag("is_strong"),
                                       safe("package_name"), safe("go_name")}));
  all.push_back(objects("callers_list", {safe("service"), safe("package_name"), safe("go_name")}));
  all.push_back(texts("stack_list"));
  all.push_back(texts("transaction_modes_list"));
  all.push_back(objects("transactions_list", transaction_variables()));
  all.push_back(objects("payload_list", {free_text("java"), free_text("go"), safe("zero_copy"), free_text("reason"),
                                         free_text("wire"), flag("holds_numbers")}));
  for (const char* const name : {"gate_throughput_lift",
                                 "gate_memory_drop",
                                 "gate_grpc_unavailable",
                                 "gate_grpc_deadline_exceeded",
                                 "gate_calls_unavailable",
                                 "gate_calls_deadline_exceeded",
                                 "canary_p99_delta_ms",
                                 "canary_difference",
                                 "canary_version_equal",
                                 "canary_ramp",
                                 "canary_first_share",
                                 "canary_pairs",
                                 "canary_ramp_requests",
                                 "canary_slot_days",
                                 "canary_least_samples",
                                 "canary_success_rate",
                                 "canary_p95_ms",
                                 "canary_http_5xx",
                                 "sunset_grey_share",
                                 "sunset_grey_p99_ms",
                                 "sunset_grey_p99_for_s",
                                 "sunset_grey_hours",
                                 "sunset_greatest_gap_s",
                                 "sunset_grey_error_rate",
                                 "sunset_consistency",
                                 "sunset_on_target_days",
                                 "sunset_quiet_hours",
                                 "sunset_cdc_delay_s",
                                 "sunset_cdc_tries",
                                 "slo_coverage",
                                 "lint_min_available",
                                 "elastic_rps",
                                 "least_gogc"}) {
    all.push_back(safe(name));
  }
  all.push_back(free_text("canary_header"));
  all.push_back(free_text("canary_header_value"));
  all.push_back(free_text("reconcile_business_fields"));
  all.push_back(free_text("reconcile_version_field"));
  all.push_back(free_text("lint_log_fields"));
  return all;
}

}  // namespace

std::span<const TemplateVariable> template_variables() {
  static const Variables kAll = all_variables();
  return kAll;
}

}  // namespace migplan
