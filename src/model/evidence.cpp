#include "migplan/model/evidence.hpp"
#include "migplan/base/ascii.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace migplan {
namespace {

constexpr std::array<std::string_view, kGrpcStatuses> kStatusNames{
    "OK",        "CANCELLED",       "UNKNOWN",           "INVALID_ARGUMENT",   "DEADLINE_EXCEEDED",
    "NOT_FOUND", "ALREADY_EXISTS",  "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION",
    "ABORTED",   "OUT_OF_RANGE",    "UNIMPLEMENTED",     "INTERNAL",           "UNAVAILABLE",
    "DATA_LOSS", "UNAUTHENTICATED",
};

// Same letters, whatever their case and the underscores between words.
bool is_same_word(std::string_view a, std::string_view b) noexcept {
  std::size_t i = 0, j = 0;
  for (;;) {
    while (i < a.size() && a[i] == '_') ++i;
    while (j < b.size() && b[j] == '_') ++j;
    if (i == a.size() || j == b.size()) return i == a.size() && j == b.size();
    if (lower(a[i++]) != lower(b[j++])) return false;
  }
}

std::optional<GrpcStatus> parse_status_number(std::string_view text) noexcept {
  std::size_t number = 0;
  for (const char digit : text) {
    if (digit < '0' || digit > '9') return std::nullopt;
    number = 10 * number + static_cast<std::size_t>(digit - '0');
    if (number >= kGrpcStatuses) return std::nullopt;
  }
  return text.empty() ? std::nullopt : std::optional(static_cast<GrpcStatus>(number));
}

}  // namespace

std::string to_string(const EvidencePlace& place) {
  std::string out = place.file;
  if (place.at.line != 0) fmt::format_to(std::back_inserter(out), ":{}", place.at.line);
  if (!place.field.empty()) fmt::format_to(std::back_inserter(out), "{}{}", out.empty() ? "" : " ", place.field);
  return out;
}

std::string_view name_of(MemoryKind kind) noexcept {
  switch (kind) {
    case MemoryKind::ResidentPeak: return "resident_peak";
    case MemoryKind::HeapPeak: return "heap_peak";
    case MemoryKind::LiveHeap: return "live_heap";
    case MemoryKind::ResidentNow: return "resident_now";
    case MemoryKind::HeapNow: return "heap_now";
    case MemoryKind::Committed: return "committed";
  }
  return "";
}

bool is_comparable(MemoryKind kind) noexcept { return kind <= MemoryKind::LiveHeap; }

std::string_view name_of(GrpcStatus status) noexcept { return kStatusNames[static_cast<std::size_t>(status)]; }

std::optional<GrpcStatus> parse_grpc_status(std::string_view text) noexcept {
  if (const auto by_number = parse_status_number(text)) return by_number;
  if (is_same_word(text, "Canceled")) return GrpcStatus::Cancelled;
  for (std::size_t i = 0; i < kStatusNames.size(); ++i) {
    if (is_same_word(text, kStatusNames[i])) return static_cast<GrpcStatus>(i);
  }
  return std::nullopt;
}

}  // namespace migplan
