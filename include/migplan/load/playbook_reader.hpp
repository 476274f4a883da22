#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "migplan/base/result.hpp"
#include "migplan/load/byte_source.hpp"
#include "migplan/playbook/rule.hpp"

namespace migplan {

// The schema that a file of rules names.
inline constexpr std::string_view kPlaybookRulesSchema = "migplan/playbook-rules/v1";

// One section of rules, YAML or JSON. Besides the shape it checks conditions (unknown facts) and templates (sections
// and tags that are not closed, unknown variables, what may not stand raw, partials), each with its place in the file.
[[nodiscard]] Result<RuleSection> read_playbook_section(ByteSource& source, std::string_view file);

// The sections of data/playbooks. A test holds that they are without fault.
[[nodiscard]] const std::vector<RuleSection>& builtin_playbook_sections();

}  // namespace migplan
