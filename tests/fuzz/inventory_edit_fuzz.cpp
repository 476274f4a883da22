// Changes of any inventory that the strict reader takes: the new text says what was decided, and no more.
#include <string>

#include "migplan/load/inventory_facts.hpp"
#include "migplan/load/inventory_text_reader.hpp"
#include "migplan/load/policy_reader.hpp"
#include "migplan/merge/edit_check.hpp"
#include "migplan/merge/text_edit.hpp"
#include "property.hpp"

namespace {

using namespace migplan;

// Something for every service, and a graph among neighbours.
NamedReport report_for(const Inventory& inventory) {
  Observations said;
  said.has_all_calls = inventory.size() % 2 == 0;
  for (ServiceIndex i = 0; i < inventory.size(); ++i) {
    const std::string name(inventory[i].name);
    said.subjects.push_back(name);
    said.facts.push_back({name, "debt.sonar_debt_days", ObservedNumber{std::to_string(i)}});
    said.facts.push_back({name, "team", ObservedText{i % 3 == 0 ? "a: b" : "t"}});
    said.facts.push_back({name, "stack", std::vector<std::string>{"go", "x # y"}});
    if (i + 1 < inventory.size()) {
      said.calls.push_back({.caller = name, .callee = std::string(inventory[i + 1].name), .strength = Strength::Weak});
    }
  }
  said.facts.push_back({"new-one", "owner", ObservedText{"ops"}});
  said.origin.tool = "csv";
  return {"csv", "report", std::move(said)};
}

void check(std::string_view text, std::string_view name, TextSyntax syntax) {
  const auto placed = read_placed_inventory(text, name, 1);
  fuzz::require_complete(placed.issues());
  if (!placed.is_ok()) return;
  const auto& [inventory, layout] = placed.value();
  const std::vector<NamedReport> reports{report_for(inventory)};
  const NameRules names;
  const ImportPolicy policy = builtin_policy().imports();
  const Provenance earlier;
  const FactOrder order(service_keys(), inventory_facts());
  const Merged merged =
      merge_reports({&inventory, &layout, reports, &names, &policy, &earlier, order, OnConflict::Replace, true});
  if (merged.issues.has_errors()) return;
  const auto edits = inventory_edits(layout, merged.changes, merged.new_services, order);
  for (std::size_t i = 1; i < edits.size(); ++i) fuzz::require(edits[i - 1].end <= edits[i].begin, "edits stand apart");
  const std::string made = with_edits(text, edits);
  const std::string wrong = difference(layout, merged.changes, merged.new_services, inventory_layout(made, syntax));
  // What is wrong is refused by the command; it must never look right and say something else.
  if (reread(made, name, syntax).is_ok() && wrong.empty()) {
    const auto again = read_placed_inventory(made, name, 1);
    fuzz::require(again.is_ok() && again.value().inventory.size() == inventory.size() + merged.new_services.size(),
                  "every service is there", made);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = migplan::fuzz::text_of(data, size);
  check(text, "input.yaml", migplan::TextSyntax::Yaml);
  check(text, "input.json", migplan::TextSyntax::Json);
  check(text, "input.jsonl", migplan::TextSyntax::JsonLines);
  return 0;
}
