#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "migplan/base/issue.hpp"
#include "migplan/base/result.hpp"
#include "migplan/verification/sunset_series.hpp"

namespace migplan {

// Series while they are read, by service; "" = the source does not say whose it is.
class SunsetDrafts {
 public:
  explicit SunsetDrafts(std::vector<std::string> files) : files_(std::move(files)) {}

  [[nodiscard]] SunsetSeries& of(std::string_view service);
  [[nodiscard]] std::map<std::string, SunsetSeries, std::less<>>& all() noexcept { return all_; }
  [[nodiscard]] const std::vector<std::string>& files() const noexcept { return files_; }

 private:
  std::vector<std::string> files_;
  std::map<std::string, SunsetSeries, std::less<>> all_;
};

struct SamplePlace {
  std::int64_t time_ms = 0;
  std::uint32_t file = 0;
  Position at{};
};

enum class ValueStatus : std::uint8_t { Taken, NotANumber /* NaN: nothing was measured */, Refused };

// Adds a value as it is written to a column: a decimal number, of percent with or without the sign. What is greater
// than the quantity holds, infinity too, is its greatest for latency and delay: beyond any limit either way.
[[nodiscard]] ValueStatus add_value(SunsetSeries& series, SunsetColumn column, std::string_view text,
                                    const SamplePlace& place);
// "a number of percent, 0 to 100"
[[nodiscard]] std::string expected_value(SunsetColumn column);

// Whether times of samples may be so: the years 1 to 9999.
[[nodiscard]] bool is_time(std::int64_t time_ms) noexcept;

// One source each; problems go to `issues`.
struct SeriesText {
  std::string_view path;
  std::uint32_t file = 0;  // its number
  std::optional<SunsetColumn> column{};
  std::span<const std::string> services{};  // that are asked for
};
void read_sunset_csv(std::string_view text, const SeriesText& from, SunsetDrafts& drafts, Issues& issues);

class ByteSource;
void read_sunset_metrics(ByteSource& source, const SeriesText& from, SunsetDrafts& drafts, Issues& issues);

}  // namespace migplan
