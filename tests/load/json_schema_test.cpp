#include "migplan/load/json_schema.hpp"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

namespace {

std::string text_of(const std::string& path) {
  const std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// MIGPLAN_APPROVE=1 writes the file anew; the difference is reviewed.
void check_kept(const std::string& name, const std::string& made) {
  const std::string path = std::string(MIGPLAN_SOURCE_DIR) + "/data/schema/" + name;
  if (std::getenv("MIGPLAN_APPROVE") != nullptr) std::ofstream(path, std::ios::binary) << made;
  INFO(path);
  CHECK(text_of(path) == made);
}

}  // namespace

TEST_CASE("json_schema: data/schema holds what the reader's tables say") {
  check_kept("inventory.v1.json", migplan::inventory_json_schema());
  check_kept("policy.v1.json", migplan::policy_json_schema());
  check_kept("exemptions.v1.json", migplan::exemptions_json_schema());
  check_kept("project.v1.json", migplan::project_json_schema());
  check_kept("evidence.v1.json", migplan::evidence_json_schema());
  check_kept("service-level-objectives.v1.json", migplan::stated_levels_json_schema());
  check_kept("slo-counts.v1.json", migplan::measured_levels_json_schema());
  check_kept("indicators.v1.json", migplan::indicators_json_schema());
  check_kept("types.v1.json", migplan::types_json_schema());
  check_kept("names.v1.json", migplan::names_json_schema());
  check_kept("imports.v1.json", migplan::imports_json_schema());
  check_kept("playbook-rules.v1.json", migplan::playbook_rules_json_schema());
}
