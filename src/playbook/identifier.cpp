#include "migplan/playbook/identifier.hpp"
#include "migplan/base/ascii.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace migplan {
namespace {

// The Go Programming Language Specification, Keywords.
constexpr std::array<std::string_view, 25> kGoKeywords{
    "break", "case",   "chan",   "const",  "continue", "default", "defer",     "else", "fallthrough",
    "for",   "func",   "go",     "goto",   "if",       "import",  "interface", "map",  "package",
    "range", "return", "select", "struct", "switch",   "type",    "var"};

// Types of internal/biz and messages of the service's .proto, which data/playbooks puts beside its name.
constexpr std::array<std::string_view, 6> kBesideService{"Neighbour",  "Neighbours", "Event",
                                                         "GetRequest", "GetReply",   "WatchRequest"};

std::string with_underscores(std::string_view text) {
  std::string out;
  for (const char c : text) out += is_lower(c) || is_upper(c) || is_digit(c) ? c : '_';
  return out;
}

}  // namespace

std::string go_package(std::string_view label) {
  std::string name = with_underscores(label);
  std::transform(name.begin(), name.end(), name.begin(), lower);
  if (name.empty() || is_digit(name.front())) return "svc_" + name;
  const bool is_keyword = std::find(kGoKeywords.begin(), kGoKeywords.end(), name) != kGoKeywords.end();
  return is_keyword || name == "main" ? name + "_svc" : name;
}

std::string go_identifier(std::string_view text) {
  std::string name;
  bool is_start = true;
  for (const char c : text) {
    const bool is_kept = is_lower(c) || is_upper(c) || is_digit(c);
    if (is_kept) name += is_start ? upper(c) : c;
    is_start = !is_kept;
  }
  return name.empty() || is_digit(name.front()) ? "X" + name : name;
}

std::string go_service_name(std::string_view label) {
  const std::string name = go_identifier(label);
  const bool is_taken = std::find(kBesideService.begin(), kBesideService.end(), name) != kBesideService.end();
  return is_taken ? name + "Service" : name;
}

std::string env_prefix(std::string_view label) {
  std::string name = with_underscores(label);
  std::transform(name.begin(), name.end(), name.begin(), upper);
  return name.empty() || is_digit(name.front()) ? "SVC_" + name : name;
}

const std::string& DistinctIdentifiers::of(std::string_view text) {
  if (const auto known = by_text_.find(text); known != by_text_.end()) return known->second;
  const std::string base = go_identifier(text);
  std::string name = base;
  for (int number = 2; !taken_.insert(name).second; ++number) name = fmt::format("{}{}", base, number);
  return by_text_.emplace(text, std::move(name)).first->second;
}

}  // namespace migplan
