#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "migplan/playbook/runbook.hpp"

namespace migplan {

// What becomes of the values in a template.
enum class ValuesAs : std::uint8_t {
  Marked,   // between the marks of markdown_text.hpp
  Plain,    // as they are: words of a command, which are quoted afterwards
  Mermaid,  // labels of a diagram
  Code,     // of a language
};

// Renders the templates of rules, each of which is parsed once. The templates must outlive it.
class TemplateEngine {
 public:
  TemplateEngine();
  TemplateEngine(const TemplateEngine&) = delete;
  TemplateEngine& operator=(const TemplateEngine&) = delete;
  ~TemplateEngine();

  // The service whose variables are shown from here on.
  void enter(const Runbook& runbook);
  // The step whose dates are shown from here on.
  void enter(const ChosenStep& step);
  [[nodiscard]] std::string render(const std::string& text, ValuesAs values, std::string_view language = {});

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace migplan
