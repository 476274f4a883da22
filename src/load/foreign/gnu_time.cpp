#include <fmt/format.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "byte_size.hpp"
#include "evidence_formats.hpp"
#include "seen_size.hpp"
#include "source_lines.hpp"

// GNU time with -v and as it is without; what the command itself wrote may stand around it.
namespace migplan {
namespace {

constexpr std::string_view kVerbose = "Maximum resident set size (kbytes): ";
constexpr std::string_view kShort = "maxresident)k";

// The size in KiB of such a line, where one stands in it.
std::string_view size_in(std::string_view line) noexcept {
  const std::string_view text = trimmed_text(line);
  if (text.starts_with(kVerbose)) return text.substr(kVerbose.size());
  const std::size_t at = text.find(kShort);
  if (at == std::string_view::npos || at == 0) return {};
  const std::size_t other = text.find_last_not_of("0123456789", at - 1);
  return other == std::string_view::npos ? text.substr(0, at) : text.substr(other + 1, at - other - 1);
}

// How the command of -v ended, where that was not well.
std::optional<std::string> failure_in(std::string_view line) {
  constexpr std::string_view kStatus = "Exit status: ", kSignal = "Command terminated by signal ";
  const std::string_view text = trimmed_text(line);
  if (text.starts_with(kSignal))
    return fmt::format("the command was ended by signal {}", printable(text.substr(kSignal.size())));
  if (!text.starts_with(kStatus) || text == "Exit status: 0") return std::nullopt;
  return fmt::format("the command failed with status {}", printable(text.substr(kStatus.size())));
}

Result<Evidence> read_time(ByteSource& source, std::string_view file) {
  SourceLines lines(source, file);
  SeenSize peak;
  Issues issues;
  while (lines.next()) {
    if (auto failure = failure_in(lines.line())) {
      Issue warning = lines.issue(0, *std::move(failure), "the peak may be that of a part of the run");
      warning.severity = Severity::Warning;
      issues.add(std::move(warning));
    }
    const std::string_view text = size_in(lines.line());
    if (text.empty()) continue;
    std::string with_unit = std::string(text) + "K";
    std::string_view rest = with_unit;
    const auto size = take_size(rest, SizeUnit::Required);
    if (!size || !rest.empty()) {
      return lines.issue(0, fmt::format("found {}, expected a whole number of kbytes", in_quotes(text)));
    }
    peak.keep_greatest(*size, [&lines] { return lines.place("Maximum resident set size"); });
  }
  std::vector<MemoryReading> readings;
  peak.append_to(readings, MemoryKind::ResidentPeak, peak.samples() > 1 ? "greatest of several runs" : "");
  if (readings.empty()) return refusal(file, "no maximum resident set size in the output of time");
  return {Evidence(std::move(readings)), std::move(issues)};
}

bool is_time(std::string_view beginning) {
  return has_line(beginning, [](std::string_view line) { return !size_in(line).empty(); });
}

}  // namespace

const EvidenceFormat kGnuTime{"gnu-time", "GNU time, with -v or without", is_time, read_time};

}  // namespace migplan
