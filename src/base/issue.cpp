#include "migplan/base/issue.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

namespace migplan {

std::string_view name_of(Severity severity) noexcept {
  switch (severity) {
    case Severity::Note: return "note";
    case Severity::Warning: return "warning";
    case Severity::Error: return "error";
  }
  return "error";
}

namespace {

// Characters that turn the direction of what follows, which a terminal would obey: U+202A-202E, U+2066-2069; 0 = none.
unsigned direction_control(std::string_view text) {
  if (text.size() < 3 || text[0] != '\xE2') return 0;
  const auto second = static_cast<unsigned char>(text[1]), third = static_cast<unsigned char>(text[2]);
  const bool is_override = second == 0x80 && third >= 0xAA && third <= 0xAE;
  const bool is_isolate = second == 0x81 && third >= 0xA6 && third <= 0xA9;
  return is_override || is_isolate ? 0x2000U + (second - 0x80U) * 0x40U + (third - 0x80U) : 0;
}

}  // namespace

std::string printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const bool is_c1 = byte == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0;
    if (byte == '\n') {
      out += "\\n";
    } else if (byte == '\t') {
      out += "\\t";
    } else if (byte < 0x20 || byte == 0x7F) {
      fmt::format_to(std::back_inserter(out), "\\x{:02x}", byte);
    } else if (is_c1) {
      fmt::format_to(std::back_inserter(out), "\\x{:02x}", static_cast<unsigned char>(text[++i]));
    } else if (const unsigned code = direction_control(text.substr(i)); code != 0) {
      fmt::format_to(std::back_inserter(out), "\\u{:04x}", code);
      i += 2;
    } else {
      out.push_back(text[i]);
    }
  }
  return out;
}

std::string in_quotes(std::string_view text, std::size_t limit) {
  if (text.size() <= limit) return fmt::format("\"{}\"", printable(text));
  std::size_t cut = limit;
  while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0U) == 0x80U) --cut;
  return fmt::format("\"{}…\" ({} bytes)", printable(text.substr(0, cut)), text.size());
}

std::string to_string(const Issue& issue) {
  std::string out = printable(issue.file);
  if (issue.at.line != 0) fmt::format_to(std::back_inserter(out), ":{}", issue.at.line);
  if (issue.at.line != 0 && issue.at.column != 0) fmt::format_to(std::back_inserter(out), ":{}", issue.at.column);
  if (!out.empty()) out += ": ";
  fmt::format_to(std::back_inserter(out), "{}: ", name_of(issue.severity));
  if (!issue.path.empty()) fmt::format_to(std::back_inserter(out), "{}: ", printable(issue.path));
  out += issue.message;
  if (!issue.hint.empty()) fmt::format_to(std::back_inserter(out), " ({})", issue.hint);
  return out;
}

Issues Issues::of(Issue issue) {
  Issues issues;
  issues.add(std::move(issue));
  return issues;
}

void Issues::add(Issue issue) {
  const auto place = static_cast<std::size_t>(issue.severity);
  ++found_[place];
  if (issue.severity == Severity::Error) has_cause_[static_cast<std::size_t>(issue.cause)] = true;
  if (kept_of_[place] >= kKept) return;
  ++kept_of_[place];
  kept_.push_back(std::move(issue));
}

void Issues::append(Issues other) {
  std::array<std::size_t, 3> sums = found_;
  for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += other.found_[i];
  for (Issue& issue : other.kept_) add(std::move(issue));
  found_ = sums;
  for (std::size_t i = 0; i < has_cause_.size(); ++i) has_cause_[i] = has_cause_[i] || other.has_cause_[i];
}

void Issues::sort(std::span<const std::string> files) {
  const auto place = [files](const Issue& issue) {
    const auto file = std::find(files.begin(), files.end(), issue.file) - files.begin();
    return std::tuple(file, issue.at.line, issue.at.column);
  };
  std::stable_sort(kept_.begin(), kept_.end(),
                   [&place](const Issue& a, const Issue& b) { return place(a) < place(b); });
}

}  // namespace migplan
