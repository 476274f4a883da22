#include "migplan/verification/routing.hpp"

#include "migplan/base/random_stream.hpp"

namespace migplan {
namespace {

// FNV-1a (Fowler, Noll, Vo), the same on every machine; SplitMix64 spreads it over all bits.
std::uint64_t hash_of(std::string_view text) noexcept {
  std::uint64_t hash = 0xCBF2'9CE4'8422'2325;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x0000'0100'0000'01B3;
  return hash;
}

}  // namespace

std::string_view name_of(GreyRoute route) noexcept {
  switch (route) {
    case GreyRoute::NewByHeader: return "new by header";
    case GreyRoute::NewByRatio: return "new by ratio";
    case GreyRoute::Old: return "old";
  }
  return "";
}

GreyRoute RoutingRule::operator()(const LoggedRequest& request) const noexcept {
  if (request.header == header_value_) return GreyRoute::NewByHeader;
  const std::uint64_t own = request.trace_id.empty() ? request.line : hash_of(request.trace_id);
  const std::uint64_t draw = RandomStream(seed_, own).below(static_cast<std::uint64_t>(Percent::max().steps()));
  return draw < static_cast<std::uint64_t>(share_.steps()) ? GreyRoute::NewByRatio : GreyRoute::Old;
}

void RoutedLog::add(const RoutingRule& rule, const LoggedRequest& request) noexcept {
  ++routed[static_cast<std::size_t>(rule(request))];
  if (request.header) ++with_header;
  if (rule.is_other_value(request)) ++other_values;
  if (request.trace_id.empty()) ++without_trace;
}

}  // namespace migplan
