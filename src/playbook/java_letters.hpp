#pragma once

#include <cstddef>
#include <string_view>

namespace migplan {

struct Character {
  char32_t code = 0;
  std::size_t bytes = 0;  // 0 = no well-formed UTF-8 stands here, or the text ends
};

[[nodiscard]] Character character_at(std::string_view text, std::size_t at) noexcept;

// Whether a name of Java may begin with it, or go on with it. Beyond ASCII these are the letters as blocks of Unicode,
// without their punctuation, symbols and emoji: a table of every character would be larger than this program's grammar.
[[nodiscard]] bool begins_name(char32_t code) noexcept;
[[nodiscard]] bool continues_name(char32_t code) noexcept;

// A reserved word of Java: no class is called so.
[[nodiscard]] bool is_java_keyword(std::string_view word) noexcept;
[[nodiscard]] bool is_java_primitive(std::string_view word) noexcept;

}  // namespace migplan
