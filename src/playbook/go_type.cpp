#include "migplan/playbook/go_type.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace migplan {
namespace {

// Keywords, predeclared names, what a package cannot declare as a type, and the packages that our Go types name.
constexpr std::array<std::string_view, 80> kTaken{
    "any",     "append",  "atomic",  "big",        "bool",    "break",      "byte",      "cap",         "case",
    "chan",    "clear",   "close",   "comparable", "complex", "complex128", "complex64", "const",       "continue",
    "copy",    "decimal", "default", "defer",      "delete",  "else",       "error",     "fallthrough", "false",
    "float32", "float64", "for",     "func",       "go",      "goto",       "if",        "imag",        "import",
    "init",    "int",     "int16",   "int32",      "int64",   "int8",       "interface", "io",          "iota",
    "len",     "main",    "make",    "map",        "max",     "min",        "netip",     "new",         "nil",
    "package", "panic",   "print",   "println",    "range",   "real",       "recover",   "reflect",     "regexp",
    "return",  "rune",    "select",  "string",     "struct",  "switch",     "time",      "true",        "type",
    "uint",    "uint16",  "uint32",  "uint64",     "uint8",   "uintptr",    "url",       "var"};
static_assert(std::is_sorted(kTaken.begin(), kTaken.end()));

bool is_capital(char c) noexcept { return c >= 'A' && c <= 'Z'; }

void append_capitalised(std::string& out, std::string_view word) {
  if (word.empty()) return;
  const bool is_small = word.front() >= 'a' && word.front() <= 'z';
  out += is_small && !out.empty() ? static_cast<char>(word.front() - 'a' + 'A') : word.front();
  out += word.substr(1);
}

std::uint32_t rounded_up(std::uint32_t offset, std::uint32_t align) noexcept {
  return (offset + align - 1) / align * align;
}

}  // namespace

bool GoType::is_nilable() const noexcept {
  switch (form) {
    case GoForm::Slice:
    case GoForm::Map:
    case GoForm::Pointer:
    case GoForm::Interface:
    case GoForm::NotData: return true;
    default: return text.starts_with('*');
  }
}

GoType slice_of(const GoType& element) { return {.text = "[]" + element.text, .form = GoForm::Slice}; }

GoType pointer_to(const GoType& value) {
  if (value.is_nilable()) return value;
  return {.text = "*" + value.text, .form = GoForm::Pointer};
}

GoType map_of(std::string_view key, std::string_view value) {
  return {.text = fmt::format("map[{}]{}", key, value), .form = GoForm::Map};
}

GoType pair_of(const GoType& key, const GoType& value) {
  GoType pair{.text = fmt::format("struct{{ Key {}; Value {} }}", key.text, value.text)};
  pair.is_key = key.is_key && value.is_key;
  const auto is_open = [](const GoType& part) { return part.form == GoForm::Fixed || part.form == GoForm::Named; };
  if (!is_open(key) || !is_open(value)) {
    pair.form = GoForm::Opaque;
  } else if (key.form == GoForm::Named || value.form == GoForm::Named) {
    pair.form = GoForm::Named;
  } else {
    pair.align = std::max(key.align, value.align);
    pair.bytes = rounded_up(rounded_up(key.bytes, value.align) + value.bytes, pair.align);
    // A last field without bytes gets one, so that its address lies within the struct.
    if (value.bytes == 0 && key.bytes != 0) pair.bytes = rounded_up(key.bytes + 1, pair.align);
    pair.is_padded = key.is_padded || value.is_padded || pair.bytes != key.bytes + value.bytes;
  }
  return pair;
}

std::string go_name(const JavaType& type) {
  const auto is_class = [](const JavaName& name) { return is_capital(name.name.front()) || !name.arguments.empty(); };
  auto first = std::find_if(type.names.begin(), type.names.end(), is_class);
  if (first == type.names.end()) --first;
  std::string out;
  for (; first != type.names.end(); ++first) {
    std::string_view rest = first->name;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find('$'), rest.size());
      append_capitalised(out, rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  const bool is_named = std::any_of(out.begin(), out.end(), [](char c) { return c != '_'; });
  if (!is_named || (out.front() >= '0' && out.front() <= '9')) out.insert(out.begin(), 'X');
  if (std::binary_search(kTaken.begin(), kTaken.end(), out)) out += '_';
  return out;
}

}  // namespace migplan
