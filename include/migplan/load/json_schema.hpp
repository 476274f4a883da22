#pragma once

#include <string>

namespace migplan {

// JSON Schemas (draft-07) of the files that we read, made from the tables that the strict reader works from, so that an
// editor completes and checks what the program accepts. data/schema/ holds them; a test keeps the two the same.
[[nodiscard]] std::string inventory_json_schema();
[[nodiscard]] std::string policy_json_schema();
[[nodiscard]] std::string exemptions_json_schema();
[[nodiscard]] std::string project_json_schema();
[[nodiscard]] std::string evidence_json_schema();
[[nodiscard]] std::string stated_levels_json_schema();
[[nodiscard]] std::string measured_levels_json_schema();
[[nodiscard]] std::string indicators_json_schema();
[[nodiscard]] std::string playbook_rules_json_schema();
[[nodiscard]] std::string types_json_schema();
[[nodiscard]] std::string names_json_schema();
[[nodiscard]] std::string imports_json_schema();

}  // namespace migplan
