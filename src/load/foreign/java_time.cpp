#include "java_time.hpp"

#include <string>

#include "migplan/base/timestamp.hpp"

namespace migplan {

std::optional<std::int64_t> parse_java_time(std::string_view text) {
  constexpr std::size_t kZone = 5;       // +0800
  constexpr std::size_t kShortest = 24;  // 2022-08-16T20:38:09+0800
  if (text.size() < kShortest) return parse_timestamp(text);
  const char sign = text[text.size() - kZone];
  if (sign != '+' && sign != '-') return parse_timestamp(text);
  std::string with_colon(text);
  with_colon.insert(text.size() - 2, ":");
  return parse_timestamp(with_colon);
}

}  // namespace migplan
