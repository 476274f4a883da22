#include "migplan/base/issue.hpp"

#include <fmt/format.h>

#include <iterator>
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

std::size_t& Issues::count_of(Severity severity) noexcept {
  if (severity == Severity::Error) return errors_;
  return severity == Severity::Warning ? warnings_ : notes_;
}

bool Issues::is_full(Severity severity) const noexcept {
  return (severity == Severity::Error ? kept_errors_ : kept_others_) >= kKept;
}

void Issues::add(Issue issue) {
  ++count_of(issue.severity);
  if (issue.severity == Severity::Error && issue.cause == Cause::Access) has_access_errors_ = true;
  if (is_full(issue.severity)) return;
  ++(issue.severity == Severity::Error ? kept_errors_ : kept_others_);
  kept_.push_back(std::move(issue));
}

void Issues::append(Issues other) {
  const std::size_t errors = other.errors_, warnings = other.warnings_, notes = other.notes_;
  const std::size_t errors_before = errors_, warnings_before = warnings_, notes_before = notes_;
  for (Issue& issue : other.kept_) add(std::move(issue));
  errors_ = errors_before + errors;
  warnings_ = warnings_before + warnings;
  notes_ = notes_before + notes;
}

}  // namespace migplan
