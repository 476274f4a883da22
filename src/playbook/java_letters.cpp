#include "java_letters.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace migplan {
namespace {

// Not letters, first and last of each block.
constexpr std::array<std::pair<char32_t, char32_t>, 20> kNoLetters{{
    {0x0080, 0x00A9},    // controls, symbols of Latin-1
    {0x00AB, 0x00B4},    // up to the micro sign
    {0x00B6, 0x00B9},    //
    {0x00BB, 0x00BF},    // up to the first accented letter
    {0x00D7, 0x00D7},    // multiplication sign
    {0x00F7, 0x00F7},    // division sign
    {0x1680, 0x1680},    // Ogham space
    {0x180E, 0x180E},    // Mongolian vowel separator
    {0x2000, 0x2070},    // spaces, dashes, quotes, directions, joiners
    {0x2072, 0x207E},    // superscripts
    {0x2080, 0x208E},    // subscripts
    {0x20A0, 0x20FF},    // currencies, marks for symbols
    {0x2190, 0x2BFF},    // arrows, mathematics, boxes, symbols
    {0x2E00, 0x3004},    // punctuation, radicals, ideographic space and points
    {0x3008, 0x3020},    // brackets
    {0xD800, 0xF8FF},    // surrogates, private use
    {0xFE00, 0xFE6F},    // variation selectors, small punctuation
    {0xFEFF, 0xFF20},    // byte-order mark, full-width punctuation and digits
    {0xFFE0, 0xFFFF},    // full-width symbols, specials
    {0x1F000, 0x1FAFF},  // emoji
}};
constexpr char32_t kLastLetter = 0x3FFFF;  // tags and private use lie behind

// Sorted: looked up by halves.
constexpr std::array<std::string_view, 44> kJavaKeywords{
    "abstract", "assert",     "break",  "case",       "catch",     "class",    "const",   "continue", "default",
    "do",       "else",       "enum",   "extends",    "false",     "final",    "finally", "for",      "goto",
    "if",       "implements", "import", "instanceof", "interface", "native",   "new",     "null",     "package",
    "private",  "protected",  "public", "return",     "static",    "strictfp", "super",   "switch",   "synchronized",
    "this",     "throw",      "throws", "transient",  "true",      "try",      "void",    "volatile"};
static_assert(std::is_sorted(kJavaKeywords.begin(), kJavaKeywords.end()));

constexpr std::array<std::string_view, 8> kPrimitiveNames{"boolean", "byte", "char", "double",
                                                          "float",   "int",  "long", "short"};

bool is_ascii_letter(char32_t code) noexcept {
  return (code >= U'a' && code <= U'z') || (code >= U'A' && code <= U'Z') || code == U'_' || code == U'$';
}

// The length that a first byte promises, and the least code that needs it; 0 = none begins so.
std::size_t length_of(unsigned char first) noexcept {
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first < 0xE0) return 2;
  if (first >= 0xE0 && first < 0xF0) return 3;
  return first >= 0xF0 && first < 0xF5 ? 4 : 0;
}

}  // namespace

Character character_at(std::string_view text, std::size_t at) noexcept {
  constexpr std::array<char32_t, 5> kLeast{0, 0, 0x80, 0x800, 0x10000};
  if (at >= text.size()) return {};
  const auto byte = [text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const std::size_t length = length_of(byte(at));
  if (length == 0 || length > text.size() - at) return {};
  if (length == 1) return {byte(at), 1};
  char32_t code = byte(at) & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(at + i) & 0xC0U) != 0x80U) return {};
    code = (code << 6U) | (byte(at + i) & 0x3FU);
  }
  const bool is_surrogate = code >= 0xD800 && code <= 0xDFFF;
  if (code < kLeast[length] || code > 0x10FFFF || is_surrogate) return {};
  return {code, length};
}

bool begins_name(char32_t code) noexcept {
  if (code < 0x80) return is_ascii_letter(code);
  return code <= kLastLetter && std::none_of(kNoLetters.begin(), kNoLetters.end(), [code](const auto& block) {
           return code >= block.first && code <= block.second;
         });
}

bool continues_name(char32_t code) noexcept { return begins_name(code) || (code >= U'0' && code <= U'9'); }

bool is_java_keyword(std::string_view word) noexcept {
  return std::binary_search(kJavaKeywords.begin(), kJavaKeywords.end(), word);
}

bool is_java_primitive(std::string_view word) noexcept {
  return std::find(kPrimitiveNames.begin(), kPrimitiveNames.end(), word) != kPrimitiveNames.end();
}

}  // namespace migplan
