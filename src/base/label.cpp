#include "migplan/base/label.hpp"

#include <array>

namespace migplan {
namespace {

constexpr auto kIsLabelCharacter = [] {
  std::array<bool, 256> is{};
  for (unsigned char c = 'a'; c <= 'z'; ++c) is[c] = true;
  for (unsigned char c = '0'; c <= '9'; ++c) is[c] = true;
  is[static_cast<unsigned char>('-')] = true;
  return is;
}();

}  // namespace

bool is_label(std::string_view text) noexcept {
  if (text.empty() || text.size() > kLongestLabel || text.front() == '-' || text.back() == '-') return false;
  for (const char c : text) {
    if (!kIsLabelCharacter[static_cast<unsigned char>(c)]) return false;
  }
  return true;
}

}  // namespace migplan
