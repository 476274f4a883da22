#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "migplan/base/issue.hpp"
#include "migplan/base/text_arena.hpp"
#include "migplan/model/evidence.hpp"

namespace migplan {

enum class MetricType : std::uint8_t { Unknown, Counter, Gauge, Histogram, Summary };

struct MetricLabel {
  std::string_view name, value;
};

struct MetricPoint {
  static constexpr std::int64_t kNoTime = std::numeric_limits<std::int64_t>::min();
  std::int64_t time_ms = kNoTime;  // since the epoch, UTC; kNoTime where the file states none
  double value = 0;                // NaN and the infinities are legal
};

// Time series as metric systems export them, in the order of the file, each of them once: readers end with `gather`. A
// histogram of any source is kept as Prometheus writes it: NAME_bucket series with cumulative counts and the label le,
// NAME_sum and NAME_count. Keeps its texts.
class MetricSamples {
 public:
  struct Series {
    std::string_view name;  // "" where a query's result has lost it
    MetricType type = MetricType::Unknown;
    bool is_delta = false;  // each point counts since the one before, not since the start
    Position at{};          // of its first point
    const MetricLabel* first_label = nullptr;
    std::uint64_t first_point = 0;
    std::uint32_t labels = 0, points = 0;
  };

  std::string file;

  [[nodiscard]] std::span<const Series> series() const noexcept { return series_; }
  [[nodiscard]] std::span<const MetricLabel> labels(const Series& series) const noexcept {
    return {series.first_label, series.labels};
  }
  [[nodiscard]] std::span<const MetricPoint> points(const Series& series) const noexcept {
    return std::span(points_).subspan(series.first_point, series.points);
  }
  // From the first point to the last of all series; nullopt where fewer than two times are stated.
  [[nodiscard]] std::optional<TimeWindow> window() const noexcept;
  // The value of a label; nullopt where the series has none of that name.
  [[nodiscard]] std::optional<std::string_view> label(const Series& series, std::string_view name) const noexcept;

  // For readers: a series begins, its labels and points follow. Texts must be kept by `arena` or outlive the samples.
  Series& add_series(std::string_view name, MetricType type, Position at);
  void add_label(std::string_view name, std::string_view value);  // to the series added last
  void add_point(MetricPoint point);                              // to the series added last
  [[nodiscard]] std::span<MetricPoint> all_points() noexcept { return points_; }
  [[nodiscard]] TextArena& arena() noexcept { return arena_; }

  // What stood there more than once for the same time.
  struct Repeated {
    std::uint64_t points = 0;
    Position first;
  };
  // Puts series of the same name and labels, in whatever order, together at the place of the first of them, and their
  // points in the order of time; of several for one time (or for none) the last one stays. Series that count in another
  // way (is_delta) are others. Linear in series and labels.
  [[nodiscard]] Repeated gather();

 private:
  [[nodiscard]] std::uint64_t hash_of(const Series& series) const noexcept;
  [[nodiscard]] bool is_same(const Series& a, const Series& b) const noexcept;
  [[nodiscard]] std::vector<std::uint32_t> places_of_first() const;
  [[nodiscard]] Repeated join(const std::vector<std::uint32_t>& first_of);
  void append_points(std::span<const std::uint32_t> same, std::vector<MetricPoint>& out, Repeated& repeated) const;

  std::vector<Series> series_;
  std::vector<std::vector<MetricLabel>> labels_;  // in blocks that never move
  std::vector<MetricPoint> points_;
  TextArena arena_;
};

}  // namespace migplan
