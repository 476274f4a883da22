#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "migplan/load/inventory_facts.hpp"
#include "migplan/load/inventory_text_reader.hpp"
#include "migplan/load/policy_reader.hpp"
#include "migplan/load/report_reader.hpp"
#include "migplan/merge/edit_check.hpp"
#include "migplan/merge/merging.hpp"
#include "migplan/merge/text_edit.hpp"

namespace migplan::test {

inline const FactOrder& fact_order() {
  static const FactOrder kOrder(service_keys(), inventory_facts());
  return kOrder;
}

inline NamedReport report_of(std::string format, Observations said) {
  said.origin.tool = said.origin.tool.empty() ? format : said.origin.tool;
  return {std::move(format), "report", std::move(said)};
}

inline Observations fact(std::string subject, std::string name, ObservedValue value) {
  Observations said;
  said.subjects = {subject};
  said.facts.push_back({std::move(subject), std::move(name), std::move(value)});
  return said;
}
inline ObservedValue number(std::string text) { return ObservedNumber{std::move(text)}; }

// An inventory text, and what is merged into it.
struct Merging {
  explicit Merging(std::string text_of_inventory, std::string name = "services.yaml")
      : text(std::make_unique<std::string>(std::move(text_of_inventory))), file(std::move(name)) {
    auto read = read_placed_inventory(*text, file, 1);
    issues = Issues(read.issues());
    if (read.is_ok()) placed.emplace(std::move(read).value());
  }

  Merged merge(std::vector<NamedReport> given) {
    reports = std::move(given);
    return merge_reports({.inventory = placed ? &placed->inventory : nullptr,
                          .layout = placed ? &placed->layout : nullptr,
                          .reports = reports,
                          .names = &names,
                          .policy = &policy,
                          .earlier = &earlier,
                          .order = fact_order(),
                          .on_conflict = on_conflict,
                          .adds = adds});
  }
  [[nodiscard]] std::vector<TextEdit> edits(const Merged& merged) const {
    return inventory_edits(placed->layout, merged.changes, merged.new_services, fact_order());
  }
  // The text with everything that the reports change.
  std::string edited(std::vector<NamedReport> given) {
    const Merged merged = merge(std::move(given));
    return with_edits(*text, edits(merged));
  }

  std::unique_ptr<std::string> text;
  std::string file;
  Issues issues;
  std::optional<PlacedInventory> placed;
  std::vector<NamedReport> reports;
  NameRules names;
  ImportPolicy policy = builtin_policy().imports();
  Provenance earlier;
  OnConflict on_conflict = OnConflict::Report;
  bool adds = false;
};

}  // namespace migplan::test
