#pragma once

#include <string>
#include <string_view>

namespace migplan {

// Text that no Markdown reader takes for markup, on one line: HTML by entities, the rest by backslashes.
[[nodiscard]] std::string markdown_text(std::string_view text);

// Marks that stand around a value in a rendered template until the place where it stands is known. No value holds them.
inline constexpr char kValueBegin = '\x01', kValueEnd = '\x02';

// The value between marks, its control characters shown as escapes.
[[nodiscard]] std::string marked(std::string_view value);
// Rendered Markdown with the values put in as their places ask for: within code spans and fences as code, in tables
// without parting cells, elsewhere as text.
[[nodiscard]] std::string with_values_in_markdown(std::string_view rendered);
// The same with the values as they are.
[[nodiscard]] std::string without_marks(std::string_view rendered);

// A fenced block that nothing in `code` closes; ends with a newline.
[[nodiscard]] std::string fenced(std::string_view language, std::string_view code);
// A code span that nothing in `code` closes, on one line.
[[nodiscard]] std::string code_span(std::string_view code);

}  // namespace migplan
