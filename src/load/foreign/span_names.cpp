#include "span_names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "migplan/base/ascii.hpp"
#include "migplan/base/decimal.hpp"
#include "migplan/base/short_text.hpp"

namespace migplan {

SpanKind parse_span_kind(std::string_view text) noexcept {
  constexpr std::array<std::pair<std::string_view, SpanKind>, 4> kKinds{{{"CLIENT", SpanKind::Client},
                                                                         {"SERVER", SpanKind::Server},
                                                                         {"PRODUCER", SpanKind::Producer},
                                                                         {"CONSUMER", SpanKind::Consumer}}};
  for (const auto& [word, kind] : kKinds) {
    if (std::equal(text.begin(), text.end(), word.begin(), word.end(), [](char a, char b) { return upper(a) == b; })) {
      return kind;
    }
  }
  return SpanKind::Local;
}

std::uint64_t span_number(std::string_view text) noexcept {
  constexpr int kHexadecimal = 16;
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, kHexadecimal);
  if (error != std::errc() || end != text.data() + text.size()) number = text_hash(text);
  return number == 0 ? 1 : number;
}

std::optional<std::uint64_t> read_count(std::string_view text, JsonPlace& place) {
  const Decimal count = parse_decimal(text, 0);
  if (count.status == DecimalStatus::Ok && count.steps >= 0) return static_cast<std::uint64_t>(count.steps);
  place.add(Severity::Error, fmt::format("found {}, expected a count of calls", in_quotes(text)));
  return std::nullopt;
}

std::int64_t read_microseconds(std::string_view text) noexcept {
  const Decimal time = parse_decimal(text, 0);
  return time.status == DecimalStatus::Ok ? std::max<std::int64_t>(time.steps, 0) : 0;
}

void SpanTags::add(std::string_view key, std::string_view value) {
  if (key == "span.kind") kind_ = parse_span_kind(value);
  if (key == "error") has_failed_ = value != "false" && !value.empty();
  if (key == "otel.status_code") has_failed_ = has_failed_ || value == "ERROR";
  if (key == "peer.service") peer_ = value;
  if (key == "db.system" || (key == "db.type" && database_.empty())) database_ = value;
  if (key == "messaging.system") messaging_ = value;
}

std::optional<SpanTags::Remote> SpanTags::remote() const {
  if (!database_.empty()) return Remote{peer_.empty() ? database_ : peer_, EndpointKind::Database};
  if (!messaging_.empty()) return Remote{peer_.empty() ? messaging_ : peer_, EndpointKind::Messaging};
  if (!peer_.empty()) return Remote{peer_, EndpointKind::Service};
  return std::nullopt;
}

}  // namespace migplan
