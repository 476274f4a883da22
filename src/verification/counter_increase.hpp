#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "migplan/model/metric_samples.hpp"

namespace migplan {

using SeriesList = std::vector<const MetricSamples::Series*>;

// Whether two names of metrics or labels are the same, dots and underscores taken for one.
[[nodiscard]] bool is_same_name(std::string_view a, std::string_view b) noexcept;
// The value of the first of these labels that the series has.
[[nodiscard]] std::optional<std::string_view> label_named(const MetricSamples& samples,
                                                          const MetricSamples::Series& series,
                                                          std::span<const std::string_view> names) noexcept;
// Up to here a double tells any whole number from the next.
inline constexpr double kMostCounted = 9e15;
[[nodiscard]] bool is_count(double value) noexcept;

// How much counters of the same kind were increased while they were watched.
class CounterIncrease {
 public:
  CounterIncrease(const MetricSamples& samples, const SeriesList& counters);

  // Of one of them.
  [[nodiscard]] double of(const MetricSamples::Series& counter);

  // Whether any was read more than once; else they tell all since their processes began.
  [[nodiscard]] bool is_watched() const noexcept { return is_watched_; }
  [[nodiscard]] std::uint64_t resets() const noexcept { return resets_; }
  [[nodiscard]] std::uint64_t begun_within() const noexcept { return begun_within_; }
  [[nodiscard]] std::uint64_t left_out() const noexcept { return left_out_; }  // points that are no counts
  [[nodiscard]] std::optional<std::int64_t> began_ms() const noexcept { return began_ms_; }
  [[nodiscard]] std::optional<std::int64_t> ended_ms() const noexcept { return ended_ms_; }

 private:
  // The process that a series is of, as far as its labels tell.
  [[nodiscard]] std::string target_of(const MetricSamples::Series& series) const;

  const MetricSamples& samples_;
  std::map<std::string, std::int64_t> target_began_;
  bool is_watched_ = false;
  std::uint64_t resets_ = 0, begun_within_ = 0, left_out_ = 0;
  std::optional<std::int64_t> began_ms_, ended_ms_;
};

}  // namespace migplan
