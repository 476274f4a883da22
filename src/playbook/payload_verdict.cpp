#include "migplan/playbook/payload_verdict.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "migplan/playbook/type_map.hpp"

namespace migplan {
namespace {

PayloadVerdict unread(std::string_view java, const Issues& issues) {
  return {.java = std::string(java),
          .go = "",
          .zero_copy = std::string(name_of(ZeroCopy::Unknown)),
          .reason = issues.kept().front().message,
          .wire = ""};
}

// []byte is not among them: it is written as it is.
bool is_slice_of_numbers(const TypeLevel& level) {
  constexpr std::array<std::string_view, 9> kSlices{"[]int8",   "[]int16",   "[]int32",   "[]int64",        "[]uint16",
                                                    "[]uint64", "[]float32", "[]float64", "[]time.Duration"};
  return std::find(kSlices.begin(), kSlices.end(), level.go.text) != kSlices.end();
}

}  // namespace

PayloadVerdict payload_verdict(std::string_view java) {
  const auto type = parse_java_type(java);
  if (!type.is_ok()) return unread(java, type.issues());
  const auto map = type_map(type.value());
  if (!map.is_ok()) return unread(java, map.issues());
  const TypeLevel& level = map.value().payload();
  const auto& levels = map.value().levels;
  const bool goes = level.verdict == ZeroCopy::Yes || level.verdict == ZeroCopy::Partial;
  return {.java = std::string(java),
          .go = level.go.text,
          .zero_copy = std::string(name_of(level.verdict)),
          .reason = level.reason,
          .wire = level.wire,
          .holds_numbers = goes && std::any_of(levels.begin(), levels.end(), is_slice_of_numbers)};
}

Issues payload_issues(const Inventory& inventory, ServiceIndex service) {
  Issues issues;
  const Service& of = inventory[service];
  const auto& payloads = details_of(of).payloads;
  for (std::size_t i = 0; i < payloads.size(); ++i) {
    const PayloadVerdict verdict = payload_verdict(payloads[i]);
    if (!verdict.go.empty()) continue;
    issues.add({Severity::Warning, inventory.files()[of.file], of.at,
                inventory.path_of(service, fmt::format("payloads[{}]", i)),
                fmt::format("{} is no Java type: {} ({})", in_quotes(verdict.java), verdict.reason, of.name), ""});
  }
  return issues;
}

}  // namespace migplan
