#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "migplan/playbook/service_facts.hpp"

namespace migplan {

enum class VariableType : std::uint8_t {
  Value,    // a text or a number; as a section: whether it is known
  Flag,     // true or false; as a section only
  Texts,    // a list of texts: {{#list}}{{.}}{{/list}}
  Objects,  // a list of objects with variables of their own
};

// What templates of rules may name.
struct TemplateVariable {
  std::string name;
  VariableType type = VariableType::Value;
  bool is_safe = false;                   // may stand raw, {{&name}}: it never is markup
  std::vector<TemplateVariable> inner{};  // of Objects
};
// The facts first, in their order.
[[nodiscard]] std::span<const TemplateVariable> template_variables();

struct TemplateMember;
struct TemplateObject {
  std::vector<TemplateMember> members;
};
// What a variable stands for in one service's runbook.
struct TemplateValue {
  // Null and false hide a section.
  std::variant<std::monostate, bool, std::string, std::vector<std::string>, std::vector<TemplateObject>> value;
};
struct TemplateMember {
  std::string_view name;
  TemplateValue value;
};

// One thing wrong with a template; `at` is the byte where its tag begins.
struct TemplateFault {
  std::size_t at = 0;
  std::string message;
  std::string hint{};
};

enum class TemplatePlace : std::uint8_t {
  Text,
  Script,  // a shell runs what is rendered, so texts of an inventory may not stand in it
};

// What a template of a rule has that is not closed, not known, out of place or not offered (partials, other delimiters,
// dotted names).
[[nodiscard]] std::vector<TemplateFault> template_faults(std::string_view text,
                                                         TemplatePlace place = TemplatePlace::Text);

}  // namespace migplan
