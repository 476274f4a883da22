#include "sheet_text.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <cctype>

#include "migplan/base/issue.hpp"

namespace migplan {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD", kMore = "…";

bool is_escape(std::string_view text) {  // _xHHHH_
  constexpr std::size_t kLength = 7;
  return text.size() >= kLength && text[1] == 'x' && text[kLength - 1] == '_' &&
         std::all_of(text.begin() + 2, text.begin() + 6,
                     [](char c) { return std::isxdigit(static_cast<unsigned char>(c)) != 0; });
}

// What one character of the text becomes, and how long it was and is.
struct Piece {
  std::string text;
  std::size_t bytes;  // of the original
  std::size_t units;  // of UTF-16, as it is shown
};

Piece ascii_piece(std::string_view text) {
  const char c = text.front();
  if (c == '\r' && text.size() > 1 && text[1] == '\n') return {"", 1, 0};
  if (c == '_' && is_escape(text)) return {"_x005F_", 1, 7};
  const bool is_kept = c == '\n' || c == '\t' || (c >= 0x20 && c != 0x7F);
  std::string shown = is_kept ? std::string(1, c) : printable(text.substr(0, 1));
  const std::size_t units = shown.size();
  return {std::move(shown), 1, units};
}

Piece next_piece(std::string_view text) {
  if (static_cast<unsigned char>(text.front()) < 0x80) return ascii_piece(text);
  utf8proc_int32_t code = 0;
  const auto length = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                       static_cast<utf8proc_ssize_t>(text.size()), &code);
  if (length <= 0) return {std::string(kReplacement), 1, 1};
  const auto bytes = static_cast<std::size_t>(length);
  if (code == 0xFFFE || code == 0xFFFF) return {std::string(kReplacement), bytes, 1};
  std::string shown = printable(text.substr(0, bytes));
  const bool is_same = shown.size() == bytes;
  const std::size_t units = !is_same ? shown.size() : code > 0xFFFF ? 2 : 1;
  return {std::move(shown), bytes, units};
}

bool is_plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c != 0x7F && c != '_'; });
}

}  // namespace

SheetText sheet_text(std::string_view text, std::size_t most) {
  if (text.size() <= most && is_plain(text)) return {std::string(text)};
  SheetText made;
  std::size_t units = 0, room_ends = 0;  // where "…" still has room
  while (!text.empty()) {
    const Piece piece = next_piece(text);
    if (units + piece.units > most) {
      made.text.resize(room_ends);
      made.text += kMore;
      made.is_cut = true;
      return made;
    }
    made.text += piece.text;
    units += piece.units;
    if (units < most) room_ends = made.text.size();
    text.remove_prefix(piece.bytes);
  }
  return made;
}

std::string sheet_name(std::string_view wanted, std::size_t most) {
  constexpr std::string_view kForbidden = "[]:*?/\\\n\t";
  std::string name;
  for (const char c : wanted) name += kForbidden.find(c) == std::string_view::npos ? c : '_';
  name = sheet_text(name, most).text;
  if (!name.empty() && name.front() == '\'') name.front() = '_';
  if (!name.empty() && name.back() == '\'') name.back() = '_';
  const bool is_taken = name.size() == 7 && std::equal(name.begin(), name.end(), "history", [](char a, char b) {
                          return std::tolower(static_cast<unsigned char>(a)) == b;
                        });
  return name.empty() || is_taken ? name + "_" : name;
}

}  // namespace migplan
