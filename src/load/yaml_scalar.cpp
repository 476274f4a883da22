#include "yaml_scalar.hpp"

#include <algorithm>
#include <array>

#include "migplan/base/decimal.hpp"

namespace migplan {
namespace {

template <std::size_t n>
bool is_one_of(std::string_view text, const std::array<std::string_view, n>& words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

constexpr std::array<std::string_view, 4> kNulls{"~", "null", "Null", "NULL"};
constexpr std::array<std::string_view, 6> kBooleans{"true", "True", "TRUE", "false", "False", "FALSE"};
constexpr std::array<std::string_view, 6> kBeyond{".inf", ".Inf", ".INF", ".nan", ".NaN", ".NAN"};

}  // namespace

ScalarKind kind_of_plain(std::string_view text) {
  if (text.empty() || is_one_of(text, kNulls)) return ScalarKind::Null;
  if (is_one_of(text, kBooleans)) return ScalarKind::Boolean;
  const std::string_view unsigned_text = text.substr(text.front() == '+' || text.front() == '-' ? 1 : 0);
  if (is_one_of(unsigned_text, kBeyond)) return ScalarKind::Number;
  return parse_decimal(text, 9).status == DecimalStatus::NotANumber ? ScalarKind::Text : ScalarKind::Number;
}

Position position_of(const YAML::Mark& mark) {
  if (mark.is_null()) return {};
  return {static_cast<std::uint32_t>(mark.line) + 1, static_cast<std::uint32_t>(mark.column) + 1};
}

}  // namespace migplan
