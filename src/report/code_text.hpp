#pragma once

#include <span>
#include <string>
#include <string_view>

namespace migplan {

// One word that a POSIX shell takes as it was meant, whatever it holds.
[[nodiscard]] std::string shell_word(std::string_view word);
// A command of such words; what is long goes on behind "\" at the end of the line.
[[nodiscard]] std::string shell_command(std::span<const std::string> words);

// A value within code of this language: it stays within the string or the comment that it stands in.
[[nodiscard]] std::string code_value(std::string_view language, std::string_view value);

// A value within a label of Mermaid: what is no letter or digit goes as an entity.
[[nodiscard]] std::string mermaid_value(std::string_view value);

}  // namespace migplan
