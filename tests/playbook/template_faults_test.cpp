// What is wrong with a template, and where.

#include <catch2/catch.hpp>
#include <set>
#include <string>

#include "migplan/playbook/template_variables.hpp"

using namespace migplan;

namespace {

std::string faults(std::string_view text) {
  std::string lines;
  for (const TemplateFault& fault : template_faults(text)) {
    lines +=
        std::to_string(fault.at) + " " + fault.message + (fault.hint.empty() ? "" : " (" + fault.hint + ")") + "\n";
  }
  return lines;
}

}  // namespace

TEST_CASE("template: what is closed and known has no faults") {
  CHECK(faults("").empty());
  CHECK(faults("no tags, a { brace and }} two").empty());
  CHECK(faults("{{name}} {{ gc }} {{&name}} {{{name}}} {{! anything {{ at all }}").empty());
  CHECK(faults("{{#gc}}{{gc}}{{/gc}}{{^gc}}none{{/gc}}").empty());
  CHECK(faults("{{#stack_list}}{{.}}{{/stack_list}}").empty());
  CHECK(
      faults(
          "{{#transactions_list}}{{name}}{{#steps}}{{go_action}}{{#carries}}{{.}} of {{service}}{{/carries}}{{/steps}}"
          "{{/transactions_list}}")
          .empty());
}

TEST_CASE("template: what is not closed is told where it opens") {
  CHECK(faults("a {{#gc}} b") == "2 section \"gc\" is not closed\n");
  CHECK(faults("a {{name") == "2 this tag is not closed: found \"{{name\"\n");
  CHECK(faults("{{{name}}") == "0 this tag is not closed: found \"{{{name}}\"\n");
  CHECK(faults("{{/gc}}") == "0 section \"gc\" is closed, but not open\n");
  CHECK(faults("{{#gc}}{{#jdk}}{{/gc}}{{/jdk}}") ==
        "15 found the end of section \"gc\", expected that of \"jdk\"\n"
        "22 found the end of section \"jdk\", expected that of \"gc\"\n");
}

TEST_CASE("template: an unknown variable is told with the nearest one") {
  CHECK(faults("{{nmae}}") == "0 unknown variable \"nmae\" (did you mean name?)\n");
  CHECK(faults("{{#transactions_list}}{{#stps}}{{/stps}}{{/transactions_list}}") ==
        "22 unknown variable \"stps\" (did you mean steps?)\n");
  CHECK(faults("{{go_action}}").starts_with("0 unknown variable \"go_action\""));
  CHECK(faults("{{^transactions_list}}{{go_action}}{{/transactions_list}}").starts_with("22 unknown variable"));
}

TEST_CASE("template: a list or a truth value is no text") {
  CHECK(faults("{{depends_on}}") == "0 \"depends_on\" is a list, no text ({{#depends_on}}…{{/depends_on}})\n");
  CHECK(faults("{{scheduled}}") == "0 \"scheduled\" is true or false, no text ({{#scheduled}}…{{/scheduled}})\n");
  CHECK(faults("{{.}}") == "0 {{.}} stands for an item of a list of texts, and this is within none\n");
}

TEST_CASE("template: partials, other delimiters, dotted and empty names are not offered") {
  CHECK(faults("{{> part}}") == "0 partials are not offered (write the text where it is shown)\n");
  CHECK(faults("{{=<% %>=}}") == "0 other delimiters are not offered\n");
  CHECK(faults("{{a.b}}") == "0 found \"a.b\", expected the name of a variable\n");
  CHECK(faults("{{}}") == "0 found an empty tag, expected the name of a variable\n");
}

TEST_CASE("template: what may hold markup cannot stand raw") {
  CHECK(faults("{{&display_name}}") ==
        "0 \"display_name\" may hold markup, so it cannot be shown raw ({{display_name}})\n");
  CHECK(faults("{{{framework}}}").starts_with("0 \"framework\" may hold markup"));
  CHECK(faults("{{#stack_list}}{{&.}}{{/stack_list}}").starts_with("15 \"stack_list\" may hold markup"));
  CHECK(faults("{{#depends_on}}{{&service}}{{/depends_on}}").empty());
}

TEST_CASE("template: free text cannot stand in a script") {
  const auto in_script = [](std::string_view text) { return template_faults(text, TemplatePlace::Script); };
  CHECK(in_script("kcat -t {{name}} {{#owner}}-v{{/owner}} {{#depends_on}}{{service}}{{/depends_on}}").empty());
  REQUIRE(in_script("echo {{owner}}").size() == 1);
  CHECK(in_script("echo {{owner}}").front().at == 5);
  CHECK(in_script("echo {{owner}}").front().message == "\"owner\" may hold any text, and a shell would run it");
  CHECK(in_script("{{#stack_list}}{{.}}{{/stack_list}}").size() == 1);
}

TEST_CASE("template: sections within each other are limited") {
  std::string text;
  for (int i = 0; i < 17; ++i) text += "{{#gc}}";
  for (int i = 0; i < 17; ++i) text += "{{/gc}}";
  CHECK(faults(text) == std::to_string(16 * 7) + " more than 16 sections within each other\n");
}

TEST_CASE("template: every fact is a variable, and no name stands twice") {
  std::set<std::string> names;
  for (const TemplateVariable& variable : template_variables()) CHECK(names.insert(variable.name).second);
  for (const PlaybookFact& fact : playbook_facts()) CHECK(names.contains(std::string(fact.name)));
}
