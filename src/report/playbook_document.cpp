#include "playbook_document.hpp"

#include <utility>

namespace migplan {
namespace {

Value fact_value(const FactValue& value) {
  if (const auto* const text = std::get_if<std::string>(&value)) return std::string_view(*text);
  if (const auto* const number = std::get_if<Number>(&value)) return trimmed_number(*number);
  if (const auto* const flag = std::get_if<bool>(&value)) return *flag;
  if (const auto* const texts = std::get_if<std::vector<std::string>>(&value)) {
    List list;
    for (const std::string& text : *texts) list.emplace_back(std::string_view(text));
    return list;
  }
  return {};
}

Value date_or_null(const std::optional<Date>& date) { return date ? Value(date->to_string()) : Value{}; }

template <class Texts>
List texts_list(const Texts& texts) {
  List list;
  for (const auto& text : texts) list.emplace_back(std::string_view(text));
  return list;
}

Object command_object(const RenderedCommand& command) {
  return {{"run", texts_list(command.words)},
          {"shell", std::string_view(command.shell)},
          {"comment", text_or_null(command.comment)}};
}

template <class Items, class Make>
List list_of(const Items& items, Make make) {
  List list;
  for (const auto& item : items) list.emplace_back(make(item));
  return list;
}

Object step_object(const RenderedStep& step) {
  const RuleStep& rule = *step.chosen->step;
  const auto& dates = step.chosen->dates;
  return {{"number", std::string_view(step.number)},
          {"section", std::string_view(step.chosen->section->id)},
          {"step", std::string_view(rule.id)},
          {"title", std::string_view(step.title.plain)},
          {"phase", text_or_null(step.chosen->phase)},
          {"start", dates ? Value(dates->start.to_string()) : Value{}},
          {"finish", dates ? Value(dates->finish.to_string()) : Value{}},
          {"because", text_or_null(step.chosen->because)},
          {"covers", texts_list(rule.covers)},
          {"text", text_or_null(step.text)},
          {"commands", list_of(step.commands, command_object)},
          {"snippets", list_of(step.snippets,
                               [](const RenderedSnippet& one) {
                                 return Object{{"language", std::string_view(one.language)},
                                               {"file", text_or_null(one.file)},
                                               {"text", std::string_view(one.text)}};
                               })},
          {"diagrams",
           list_of(step.diagrams,
                   [](const RenderedDiagram& one) {
                     return Object{{"title", std::string_view(one.title.plain)}, {"text", std::string_view(one.text)}};
                   })},
          {"checks", list_of(step.checks, [](const RenderedLine& one) { return Value(std::string_view(one.plain)); })},
          {"gate", text_or_null(step.gate.plain)},
          {"references", list_of(rule.references, [](const RuleReference& one) {
             return Object{{"text", std::string_view(one.text)}, {"url", text_or_null(one.url)}};
           })}};
}

Value memory_value(const std::optional<MemoryPrediction>& memory) {
  if (!memory) return {};
  return Object{{"limit_mb", value_of(memory->limit)},
                {"live_mb", value_of(memory->live)},
                {"stacks_mb", value_of(memory->stacks)},
                {"gogc", Number{memory->gogc, 0}},
                {"peak_mb", value_of(memory->peak)},
                {"gomemlimit_mb", value_of(memory->gomemlimit)},
                {"container_limit_mb", value_of(memory->container_limit)},
                {"excess_mb", value_of(memory->excess)},
                {"drop_percent", value_of(memory->drop)},
                {"verdict", memory->is_within() ? "within" : "above"}};
}

Object transaction_object(const TransactionPlan& plan) {
  return {{"name", plan.declared->name},
          {"mode", name_of(plan.declared->mode)},
          {"target", name_of(plan.target)},
          {"why", std::string_view(plan.why)},
          {"findings", list_of(plan.findings, [](const TransactionFinding& one) {
             return Object{{"step", one.step == 0 ? Value{} : count_value(one.step)},
                           {"severity", name_of(one.severity)},
                           {"message", std::string_view(one.message)}};
           })}};
}

Object payload_object(const PayloadVerdict& payload) {
  return {{"java", std::string_view(payload.java)},
          {"go", text_or_null(payload.go)},
          {"zero_copy", std::string_view(payload.zero_copy)},
          {"reason", std::string_view(payload.reason)},
          {"wire", text_or_null(payload.wire)}};
}

Object facts_object(const Runbook& runbook) {
  Object facts;
  const auto all = playbook_facts();
  for (std::size_t i = 0; i < all.size(); ++i) facts.emplace_back(all[i].name, fact_value(runbook.facts[i]));
  return facts;
}

}  // namespace

std::vector<Column> service_columns(const PlaybookView& view) {
  std::vector<Column> columns;
  const auto runbooks = view.runbooks;
  const auto add_fact = [&](const char* name, Shown shown, bool is_numeric) {
    columns.push_back({name, name, shown, is_numeric, [runbooks, name](std::size_t i) {
                         return fact_value(runbooks[i].facts[std::string_view(name)]);
                       }});
  };
  add_fact("name", Shown::Always, false);
  add_fact("tier", Shown::Always, false);
  add_fact("score", Shown::Always, true);
  add_fact("kind", Shown::InData, false);
  add_fact("route", Shown::Always, false);
  add_fact("effort_days", Shown::Always, true);
  add_fact("effort_is_estimated", Shown::InData, false);
  columns.push_back({"cutover", "cutover", Shown::Always, false,
                     [runbooks](std::size_t i) { return date_or_null(runbooks[i].cutover); }});
  add_fact("decision", Shown::Always, false);
  add_fact("configuration", Shown::Always, false);
  add_fact("gogc", Shown::InData, true);
  add_fact("gomemlimit_mb", Shown::InData, true);
  add_fact("predicted_peak_mb", Shown::InData, true);
  add_fact("memory_verdict", Shown::Always, false);
  columns.push_back({"steps", "steps", Shown::Always, true,
                     [runbooks](std::size_t i) { return count_value(runbooks[i].steps.size()); }});
  return columns;
}

List playbook_list(const PlaybookView& view, std::span<const RenderedRunbook> runbooks) {
  List services;
  for (const RenderedRunbook& rendered : runbooks) {
    const Runbook& runbook = *rendered.runbook;
    services.emplace_back(Object{{"name", view.landscape->card().inventory()[runbook.service].name},
                                 {"cutover", date_or_null(runbook.cutover)},
                                 {"facts", facts_object(runbook)},
                                 {"memory", memory_value(runbook.derived.memory)},
                                 {"transactions", list_of(runbook.derived.transactions, transaction_object)},
                                 {"payloads", list_of(runbook.derived.payloads, payload_object)},
                                 {"steps", list_of(rendered.steps, step_object)}});
  }
  return services;
}

}  // namespace migplan
