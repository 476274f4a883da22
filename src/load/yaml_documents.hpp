#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace migplan {

// A document of a YAML text, without the line that separates it from the one before.
struct YamlText {
  std::string_view text;
  std::uint32_t first_line = 1;
};

// The documents of a text, cut at the lines that begin with "---": a fault in one leaves the others readable. Those
// that hold nothing but blanks, comments and directives are left out.
[[nodiscard]] std::vector<YamlText> yaml_documents(std::string_view text);

}  // namespace migplan
