#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "migplan/model/exemption.hpp"

namespace migplan {

// An exemption that stands in the file that it is about: migplan:ignore RULE until=DATE owner=NAME reason="WORDS".
struct IgnoreComment {
  Exemption exemption;  // of no named service
  std::string file;
  std::uint32_t first_line = 0, last_line = 0;  // that it covers
};

// The exemption that the words behind "migplan:ignore" state; `at` is where they begin. Errors: no check of that name,
// a key that is missing, unknown or twice, an empty reason or owner, no date.
[[nodiscard]] Result<Exemption> parse_ignore_comment(std::string_view words, std::string_view file, Position at);

// The comments on one day, and which of them a run of checks made use of. Keeps references to them.
class IgnoreUse {
 public:
  // A day is needed unless there are none.
  IgnoreUse(std::span<const IgnoreComment> comments, std::optional<Date> as_of);

  // The exemption that covers a failure at this line on that day; null = none does. It counts as used.
  [[nodiscard]] const Exemption* claim(std::string_view check, std::string_view file, std::uint32_t line);
  // A warning, in the order of the comments, for each that has expired and each that met no failure.
  [[nodiscard]] Issues leftovers() const;

 private:
  std::span<const IgnoreComment> comments_;
  std::optional<Date> as_of_;
  std::map<std::string_view, std::vector<std::size_t>> by_file_;
  std::vector<bool> is_used_;
};

}  // namespace migplan
