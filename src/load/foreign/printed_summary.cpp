#include "printed_summary.hpp"

#include <fmt/format.h>

#include <utility>

#include "migplan/base/decimal.hpp"

namespace migplan {
namespace {

constexpr std::string_view kBlank = " \t";
constexpr std::int64_t kMostCounted = 1'000'000'000'000'000;

std::string_view without_blanks(std::string_view text) noexcept {
  const std::size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return text.substr(text.size());
  return text.substr(first, text.find_last_not_of(kBlank) + 1 - first);
}

}  // namespace

bool PrintedSummary::next() {
  if (!lines_.next()) {
    if (lines_.is_too_long()) report_missing("an end of the line", "");
    return false;
  }
  line_ = without_blanks(lines_.line());
  return true;
}

EvidencePlace PrintedSummary::place() const { return {std::string(file_), lines_.at(1), {}}; }

std::optional<std::string_view> PrintedSummary::behind(std::string_view beginning) const {
  if (!line_.starts_with(beginning)) return std::nullopt;
  return without_blanks(line_.substr(beginning.size()));
}

std::optional<std::uint64_t> PrintedSummary::whole(std::string_view text) {
  const auto read = steps(text, 0, kMostCounted);
  return read ? std::optional(static_cast<std::uint64_t>(*read)) : std::nullopt;
}

std::optional<std::int64_t> PrintedSummary::steps(std::string_view text, int decimals, std::int64_t greatest) {
  const Decimal read = parse_decimal(text, decimals);
  if (read.status == DecimalStatus::Ok && read.steps >= 0 && read.steps <= greatest) return read.steps;
  report(text, fmt::format("found {}, expected a {}number, 0 to {}", quoted_bytes(text), decimals == 0 ? "whole " : "",
                           trimmed(greatest, decimals)));
  return std::nullopt;
}

std::optional<std::uint64_t> PrintedSummary::whole_behind(std::string_view name) {
  const std::size_t at = line_.find(name);
  if (at == std::string_view::npos) {
    report(line_, fmt::format("found {}, expected {} and a number in it", quoted_bytes(line_), in_quotes(name)));
    return std::nullopt;
  }
  std::string_view rest = line_.substr(at + name.size());
  if (rest.starts_with(':')) rest.remove_prefix(1);
  rest = first_word(without_blanks(rest));
  return whole(rest.substr(0, rest.find_first_of(",)")));
}

void PrintedSummary::report(std::string_view part, std::string message) {
  const auto column = static_cast<std::size_t>(part.data() - lines_.line().data()) + 1;
  issues_.add({Severity::Error, std::string(file_), lines_.at(column), "", std::move(message)});
}

void PrintedSummary::report_missing(std::string_view what, std::string hint) {
  issues_.add({Severity::Error,
               std::string(file_),
               {},
               "",
               fmt::format("the text ends, expected {}", what),
               std::move(hint),
               Cause::Syntax});
}

std::string_view first_word(std::string_view text) noexcept { return text.substr(0, text.find_first_of(kBlank)); }

}  // namespace migplan
