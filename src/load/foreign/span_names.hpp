#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "json_shape.hpp"
#include "migplan/model/observation.hpp"

// What spans of Jaeger and Zipkin have in common.
namespace migplan {

enum class SpanKind : std::uint8_t { Local, Client, Server, Producer, Consumer };
[[nodiscard]] SpanKind parse_span_kind(std::string_view text) noexcept;  // any case; Local for other words

// The id of a span as a number: its hexadecimal digits, or a hash of another text. Never 0.
[[nodiscard]] std::uint64_t span_number(std::string_view text) noexcept;

// A name that tools write where they know none.
[[nodiscard]] inline EndpointKind kind_of_name(std::string_view name) noexcept {
  return name == "unknown" || name.empty() ? EndpointKind::Unknown : EndpointKind::Service;
}

// A count of calls; what is none is an issue.
[[nodiscard]] std::optional<std::uint64_t> read_count(std::string_view text, JsonPlace& place);

// The time of a span since the epoch; 0 where it is none.
[[nodiscard]] std::int64_t read_microseconds(std::string_view text) noexcept;

// What the tags of a span say of its other end, by the conventions of OpenTelemetry and OpenTracing.
class SpanTags {
 public:
  void add(std::string_view key, std::string_view value);

  struct Remote {
    std::string name;
    EndpointKind kind = EndpointKind::Service;
  };
  [[nodiscard]] std::optional<Remote> remote() const;
  [[nodiscard]] SpanKind kind() const noexcept { return kind_; }
  [[nodiscard]] bool has_failed() const noexcept { return has_failed_; }

 private:
  std::string peer_, database_, messaging_;
  SpanKind kind_ = SpanKind::Local;
  bool has_failed_ = false;
};

}  // namespace migplan
