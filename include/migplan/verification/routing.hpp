#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "migplan/base/quantity.hpp"
#include "migplan/model/verification_policy.hpp"

namespace migplan {

// A request of a log, as far as the routing rule asks.
struct LoggedRequest {
  std::string_view trace_id;               // may be empty
  std::optional<std::string_view> header;  // its value, where the request carries it
  std::uint64_t line = 0;
};

enum class GreyRoute : std::uint8_t { NewByHeader, NewByRatio, Old };
[[nodiscard]] std::string_view name_of(GreyRoute route) noexcept;  // "new by header"

// The grey route of models.md section 6: a request whose header has the policy's value goes to the new service, any
// other with a chance of `share`. The draw belongs to the trace id (where there is none, to the line), so that all
// requests of a trace take one way and the same log is routed the same again; the source draws anew for each.
class RoutingRule {
 public:
  RoutingRule(const CanaryPolicy& policy, Percent share, std::uint64_t seed)
      : header_value_(policy.header_value), share_(share), seed_(seed) {}

  [[nodiscard]] GreyRoute operator()(const LoggedRequest& request) const noexcept;
  // A header that is there and does not count: its value is another one, by case or by more.
  [[nodiscard]] bool is_other_value(const LoggedRequest& request) const noexcept {
    return request.header && *request.header != header_value_;
  }

 private:
  std::string_view header_value_;
  Percent share_;
  std::uint64_t seed_;
};

// What the rule does with a log.
struct RoutedLog {
  std::array<std::uint64_t, 3> routed{};  // by GreyRoute
  std::uint64_t with_header = 0, other_values = 0, without_trace = 0;
  [[nodiscard]] std::uint64_t requests() const noexcept { return routed[0] + routed[1] + routed[2]; }
  void add(const RoutingRule& rule, const LoggedRequest& request) noexcept;
};

}  // namespace migplan
