#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "histogram_series.hpp"
#include "json_tree.hpp"
#include "migplan/model/metric_samples.hpp"

// Values as the JSON of protocol buffers has them: whole numbers of 64 bits are texts, defaults are left out.
namespace migplan::otlp {

// A whole number, as text or number; 0 where it is absent.
[[nodiscard]] std::int64_t whole(const std::optional<JsonValue>& value, Issues& issues);
// A number, or one of the texts NaN, Infinity and -Infinity.
[[nodiscard]] std::optional<double> real(const std::optional<JsonValue>& value, Issues& issues);
// The counts of a list.
[[nodiscard]] std::vector<double> counts(const std::optional<JsonValue>& list, Issues& issues);
// Milliseconds of timeUnixNano.
[[nodiscard]] std::int64_t time_of(const JsonValue& point, Issues& issues);

struct Attribute {
  std::string name, value;
};
// Adds the attributes of a list; one that is there already is replaced.
void add_attributes(const std::optional<JsonValue>& list, std::vector<Attribute>& attributes, Issues& issues);

// What a point of a histogram or exponentialHistogram holds.
[[nodiscard]] HistogramPoint explicit_histogram(const JsonValue& point, Issues& issues);
[[nodiscard]] HistogramPoint exponential_histogram(const JsonValue& point, Issues& issues);

}  // namespace migplan::otlp
