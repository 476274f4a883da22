#include "otlp_values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <utility>

namespace migplan::otlp {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

std::string text_of(const JsonValue& any);

std::string list_text(const JsonValue& any, std::string_view key) {
  std::string out;
  const auto values = any.find_in({key, "values"});
  if (!values || !values->is_list()) return out;
  for (const JsonValue item : *values) {
    if (!out.empty()) out += ',';
    const auto name = item.find("key");
    const auto value = item.find("value");
    out += name && value ? fmt::format("{}={}", name->text(), text_of(*value)) : text_of(item);
  }
  return out;
}

// An AnyValue: a map with one key that names the type.
std::string text_of(const JsonValue& any) {
  if (!any.is_map()) return {};
  for (const JsonValue value : any) {
    if (value.key() == "arrayValue") return fmt::format("[{}]", list_text(any, value.key()));
    if (value.key() == "kvlistValue") return fmt::format("{{{}}}", list_text(any, value.key()));
    return std::string(value.text());
  }
  return {};
}

// Powers of 2^(1/2^n) are not rounded the same by every mathematics library in their last digits.
double exponential_bound(std::int64_t index, int scale) {
  const double exact = std::exp2(std::ldexp(static_cast<double>(index), -scale));
  if (!std::isfinite(exact)) return exact;
  const std::string text = fmt::format("{:.12g}", exact);
  double rounded = exact;
  std::from_chars(text.data(), text.data() + text.size(), rounded);
  return rounded;
}

struct BucketRange {
  std::int64_t offset = 0;
  std::vector<double> counts;
};

std::optional<BucketRange> bucket_range(const std::optional<JsonValue>& value, Issues& issues) {
  constexpr std::int64_t kLimit = std::int64_t{1} << 32U;
  BucketRange range;
  if (!value) return range;
  const auto offset = value->find("offset");
  range.offset = whole(offset, issues);
  if (range.offset < -kLimit || range.offset > kLimit) {
    issues.add(offset->unexpected("a whole number of 32 bits"));
    return std::nullopt;
  }
  range.counts = counts(value->find("bucketCounts"), issues);
  return range;
}

void add_buckets(const BucketRange& range, int scale, double sign, HistogramPoint& point) {
  for (std::size_t i = 0; i < range.counts.size(); ++i) {
    if (range.counts[i] == 0) continue;
    const std::int64_t index = range.offset + static_cast<std::int64_t>(i);
    const double near = sign * exponential_bound(index, scale), far = sign * exponential_bound(index + 1, scale);
    point.buckets.push_back({std::min(near, far), std::max(near, far), range.counts[i]});
  }
}

HistogramPoint point_frame(const JsonValue& point, Issues& issues) {
  HistogramPoint found;
  found.time_ms = time_of(point, issues);
  found.count = static_cast<double>(whole(point.find("count"), issues));
  if (const auto sum = point.find("sum")) found.sum = real(sum, issues);
  return found;
}

}  // namespace

std::int64_t whole(const std::optional<JsonValue>& value, Issues& issues) {
  if (!value || value->is_null()) return 0;
  const std::string_view text = value->text();
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_whole = error == std::errc() && end == text.data() + text.size();
  if (!is_whole || !(value->is_text() || value->is_number()))
    issues.add(value->unexpected("a whole number of 64 bits"));
  return number;
}

std::optional<double> real(const std::optional<JsonValue>& value, Issues& issues) {
  if (!value) return std::nullopt;
  if (value->is_number()) return read_real(*value, issues);
  if (value->text() == "NaN") return std::numeric_limits<double>::quiet_NaN();
  if (value->text() == "Infinity") return kInfinity;
  if (value->text() == "-Infinity") return -kInfinity;
  issues.add(value->unexpected("a number"));
  return std::nullopt;
}

std::vector<double> counts(const std::optional<JsonValue>& list, Issues& issues) {
  std::vector<double> found;
  if (!list || list->is_null()) return found;
  if (!list->is_list()) {
    issues.add(list->unexpected("a list of counts"));
    return found;
  }
  for (const JsonValue count : *list) found.push_back(static_cast<double>(whole(count, issues)));
  return found;
}

std::int64_t time_of(const JsonValue& point, Issues& issues) {
  constexpr std::int64_t kNanosOfMilli = 1'000'000;
  const std::int64_t nanos = whole(point.find("timeUnixNano"), issues);
  return nanos == 0 ? MetricPoint::kNoTime : nanos / kNanosOfMilli;
}

void add_attributes(const std::optional<JsonValue>& list, std::vector<Attribute>& attributes, Issues& issues) {
  if (!list || list->is_null()) return;
  if (!list->is_list()) return issues.add(list->unexpected("a list of attributes"));
  for (const JsonValue attribute : *list) {
    const auto key = attribute.find("key");
    const auto value = attribute.find("value");
    if (!key || !key->is_text()) {
      issues.add(attribute.issue("expected key, a text"));
      continue;
    }
    const auto same = std::find_if(attributes.begin(), attributes.end(),
                                   [&key](const Attribute& known) { return known.name == key->text(); });
    std::string text = value ? text_of(*value) : std::string();
    if (same != attributes.end()) {
      same->value = std::move(text);
    } else {
      attributes.push_back({std::string(key->text()), std::move(text)});
    }
  }
}

HistogramPoint explicit_histogram(const JsonValue& point, Issues& issues) {
  HistogramPoint found = point_frame(point, issues);
  const std::vector<double> of_buckets = counts(point.find("bucketCounts"), issues);
  std::vector<double> bounds;
  if (const auto list = point.find("explicitBounds"); list && list->is_list()) {
    for (const JsonValue bound : *list) bounds.push_back(real(bound, issues).value_or(0));
  }
  if (of_buckets.empty()) return found;
  if (of_buckets.size() != bounds.size() + 1) {
    issues.add(point.issue(fmt::format("found {} bucketCounts, expected one more than the {} explicitBounds",
                                       of_buckets.size(), bounds.size())));
    return found;
  }
  bounds.push_back(kInfinity);
  double begin = -kInfinity;
  for (std::size_t i = 0; i < of_buckets.size(); ++i) {
    found.buckets.push_back({begin, bounds[i], of_buckets[i]});
    begin = bounds[i];
  }
  return found;
}

HistogramPoint exponential_histogram(const JsonValue& point, Issues& issues) {
  constexpr std::int64_t kScales = 20;  // of the SDKs: -10 to 20
  HistogramPoint found = point_frame(point, issues);
  const auto scale = point.find("scale");
  const std::int64_t exponent = whole(scale, issues);
  if (exponent < -kScales || exponent > kScales) {
    issues.add(scale->unexpected(fmt::format("a whole number, {} to {}", -kScales, kScales)));
    return found;
  }
  const auto positive = bucket_range(point.find("positive"), issues);
  const auto negative = bucket_range(point.find("negative"), issues);
  if (!positive || !negative) return found;
  add_buckets(*negative, static_cast<int>(exponent), -1, found);
  const auto zeros = static_cast<double>(whole(point.find("zeroCount"), issues));
  const double threshold = real(point.find("zeroThreshold"), issues).value_or(0);
  if (zeros != 0) found.buckets.push_back({0 - threshold, threshold, zeros});
  add_buckets(*positive, static_cast<int>(exponent), 1, found);
  return found;
}

}  // namespace migplan::otlp
