#include "migplan/base/label.hpp"
#include "migplan/base/ascii.hpp"

#include <cstdint>

#include "migplan/base/short_text.hpp"

namespace migplan {
namespace {

constexpr bool is_label_character(char c) noexcept { return is_lower(c) || is_digit(c) || c == '-'; }

// The same for eight at a time: a byte's upper bit is set where the byte, below 0x80, is within a range.
constexpr bool are_label_characters(std::uint64_t word) noexcept {
  constexpr std::uint64_t kEach = 0x0101'0101'0101'0101, kUpper = kEach * 0x80;
  const auto within = [word](std::uint64_t first, std::uint64_t last) {
    return (word + kEach * (0x80 - first)) & ~(word + kEach * (0x7F - last));
  };
  return (word & kUpper) == 0 && ((within('a', 'z') | within('0', '9') | within('-', '-')) & kUpper) == kUpper;
}

}  // namespace

bool is_label(std::string_view text) noexcept {
  constexpr std::size_t kWord = sizeof(std::uint64_t);
  if (text.empty() || text.size() > kLongestLabel || text.front() == '-' || text.back() == '-') return false;
  if (text.size() < kWord) {
    for (const char c : text) {
      if (!is_label_character(c)) return false;
    }
    return true;
  }
  for (std::size_t at = 0; at + kWord < text.size(); at += kWord) {
    if (!are_label_characters(word_at<std::uint64_t>(text.data() + at))) return false;
  }
  return are_label_characters(word_at<std::uint64_t>(text.data() + text.size() - kWord));
}

}  // namespace migplan
