#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "migplan/report/timetable.hpp"

namespace migplan {

// The day behind one that is included.
[[nodiscard]] inline Date day_behind(Date last) { return last.plus(1).value_or(last); }

// The first and the last day on which anything is: the programme's, and what lies in front of it or behind it.
[[nodiscard]] inline std::pair<Date, Date> span_of(const Timetable& plan) {
  std::pair<Date, Date> days{plan.start, std::max(plan.start, plan.end)};
  for (const TimetableTask& task : plan.tasks) {
    days.first = std::min(days.first, task.start);
    days.second = std::max(days.second, task.finish);
  }
  return days;
}

// `text` as a name of letters, digits and underscores that begins with none of the digits: "-" becomes "_", another
// byte "_x" and its code. Labels, which have no "_", stay different.
[[nodiscard]] inline std::string identifier_of(std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string name;
  for (const char c : text) {
    const bool is_digit = c >= '0' && c <= '9';
    const bool is_plain = is_digit || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (is_digit && name.empty()) name += '_';
    if (is_plain) {
      name += c;
    } else if (c == '-') {
      name += '_';
    } else {
      const auto byte = static_cast<unsigned char>(c);
      name += "_x";
      name += kHex[byte >> 4];
      name += kHex[byte & 15];
    }
  }
  return name.empty() ? "_" : name;
}

}  // namespace migplan
