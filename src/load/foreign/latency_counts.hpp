#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>

#include "migplan/base/quantity.hpp"

namespace migplan {

enum class PercentileRule : std::uint8_t { NearestRank, CommonsMathLegacy };

// How often each latency was measured, in whole milliseconds. Percentiles of any number of requests are exact, in 8
// bytes a value made a page at a time: at most 8 MB. Latencies longer than kLongest, beyond what Milliseconds hold,
// are only counted, and so are negative ones, which a clock that was set back leaves behind: those stay out of the
// percentiles.
class LatencyCounts {
 public:
  static constexpr std::int64_t kLongest = Milliseconds::max().steps() / Milliseconds::scale();

  void add(std::int64_t ms, std::uint64_t times = 1) {
    if (ms < 0) {
      negative_ += times;
    } else if (ms > kLongest) {
      longer_ += times;
    } else {
      const auto value = static_cast<std::size_t>(ms);
      auto& page = pages_[value / kPage];
      if (!page) page = std::make_unique<Page>();
      (*page)[value % kPage] += times;
      within_ += times;
    }
  }

  // Without the negative ones.
  [[nodiscard]] std::uint64_t size() const noexcept { return within_ + longer_; }
  [[nodiscard]] std::uint64_t negative() const noexcept { return negative_; }
  [[nodiscard]] std::uint64_t longer() const noexcept { return longer_; }

  // Nullopt where there is no latency, and where it is longer than kLongest. Linear in the values.
  [[nodiscard]] std::optional<Milliseconds> percentile(unsigned percent, PercentileRule rule) const;

 private:
  static constexpr std::size_t kPage = 1024;
  using Page = std::array<std::uint64_t, kPage>;

  [[nodiscard]] std::optional<std::int64_t> at_rank(std::uint64_t rank) const;

  std::array<std::unique_ptr<Page>, static_cast<std::size_t>(kLongest) / kPage + 1> pages_;
  std::uint64_t within_ = 0, longer_ = 0, negative_ = 0;
};

}  // namespace migplan
