#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "line_stream.hpp"
#include "migplan/base/issue.hpp"
#include "migplan/load/evidence_reader.hpp"

namespace migplan {

// The lines of a summary that a tool prints for people, and what is read out of them. What cannot be read is an error
// at its place.
class PrintedSummary {
 public:
  PrintedSummary(ByteSource& source, std::string_view file) : lines_(source), file_(file) {}

  // The next line, without blanks around it.
  bool next();
  [[nodiscard]] std::string_view line() const noexcept { return line_; }
  [[nodiscard]] EvidencePlace place() const;

  // What is behind `beginning`, without blanks around it, where the line begins so.
  [[nodiscard]] std::optional<std::string_view> behind(std::string_view beginning) const;
  // `text`, a part of the line, as a whole number, or as steps of 10^-decimals up to `greatest`.
  std::optional<std::uint64_t> whole(std::string_view text);
  std::optional<std::int64_t> steps(std::string_view text, int decimals, std::int64_t greatest);
  template <class Q>
  std::optional<Q> quantity(std::string_view text) {
    const auto read = steps(text, Q::kDecimals, Q::max().steps());
    return read ? std::optional(Q::from_steps(*read)) : std::nullopt;
  }
  // The whole number behind `name` and a blank or a colon, somewhere in the line: "timeout 3" or "Length: 12".
  std::optional<std::uint64_t> whole_behind(std::string_view name);

  // Adds an error at a part of the line, or, for the second one, behind the end of the text.
  void report(std::string_view part, std::string message);
  void report_missing(std::string_view what, std::string hint);
  [[nodiscard]] Issues& issues() noexcept { return issues_; }

 private:
  LineStream lines_;
  std::string_view file_, line_;
  Issues issues_;
};

// Up to the first blank.
[[nodiscard]] std::string_view first_word(std::string_view text) noexcept;

}  // namespace migplan
