#pragma once

#include <compare>
#include <concepts>
#include <cstdint>
#include <string_view>

namespace migplan {

// A whole number of the smallest step of one unit. `Unit` names the unit, how many decimals one step stands for, and
// the range that input may have (in steps); results of arithmetic may leave that range, they are checked where they are
// read. Nothing converts in, out or between units by itself, and nothing converts from floating point.
template <class Unit>
class Quantity {
 public:
  using Rep = std::int64_t;
  static constexpr int kDecimals = Unit::kDecimals;

  constexpr Quantity() noexcept = default;
  [[nodiscard]] static constexpr Quantity from_steps(Rep steps) noexcept { return Quantity{steps}; }
  template <std::floating_point F>
  static Quantity from_steps(F) = delete;
  template <std::floating_point F>
  static Quantity whole(F) = delete;
  // `whole` units, for instance Percent::whole(99).
  [[nodiscard]] static constexpr Quantity whole(Rep whole) noexcept { return Quantity{whole * scale()}; }

  [[nodiscard]] constexpr Rep steps() const noexcept { return steps_; }
  [[nodiscard]] static constexpr Rep scale() noexcept {
    Rep scale = 1;
    for (int i = 0; i < kDecimals; ++i) scale *= 10;
    return scale;
  }
  [[nodiscard]] static constexpr Quantity min() noexcept { return Quantity{Unit::kMin}; }
  [[nodiscard]] static constexpr Quantity max() noexcept { return Quantity{Unit::kMax}; }
  [[nodiscard]] static constexpr std::string_view unit() noexcept { return Unit::kName; }

  friend constexpr auto operator<=>(Quantity, Quantity) noexcept = default;
  friend constexpr Quantity operator+(Quantity a, Quantity b) noexcept { return Quantity{a.steps_ + b.steps_}; }
  friend constexpr Quantity operator-(Quantity a, Quantity b) noexcept { return Quantity{a.steps_ - b.steps_}; }
  constexpr Quantity& operator+=(Quantity other) noexcept {
    steps_ += other.steps_;
    return *this;
  }

 private:
  explicit constexpr Quantity(Rep steps) noexcept : steps_(steps) {}
  Rep steps_ = 0;
};

namespace unit {

inline constexpr std::int64_t kMillion = 1'000'000;

struct Percent {
  static constexpr std::string_view kName = "percent";
  static constexpr int kDecimals = 6;
  static constexpr std::int64_t kMin = 0, kMax = 100 * kMillion;
};
struct OrdersPerSecond {
  static constexpr std::string_view kName = "orders per second";
  static constexpr int kDecimals = 6;
  static constexpr std::int64_t kMin = 0, kMax = 1'000 * kMillion * kMillion;
};
struct RequestsPerSecond {
  static constexpr std::string_view kName = "requests per second";
  static constexpr int kDecimals = 6;
  static constexpr std::int64_t kMin = 0, kMax = 1'000 * kMillion * kMillion;
};
struct DebtDays {
  static constexpr std::string_view kName = "days";
  static constexpr int kDecimals = 6;
  static constexpr std::int64_t kMin = 0, kMax = kMillion * kMillion;
};
struct Count {
  static constexpr std::string_view kName = "";
  static constexpr int kDecimals = 0;
  static constexpr std::int64_t kMin = 0, kMax = 1'000 * kMillion;
};
struct Share {
  static constexpr std::string_view kName = "";
  static constexpr int kDecimals = 6;
  static constexpr std::int64_t kMin = 0, kMax = kMillion;
};
struct Ratio {
  static constexpr std::string_view kName = "";
  static constexpr int kDecimals = 6;
  static constexpr std::int64_t kMin = 0, kMax = 1000 * kMillion;
};
struct Weight {
  static constexpr std::string_view kName = "";
  static constexpr int kDecimals = 6;
  static constexpr std::int64_t kMin = 0, kMax = kMillion * kMillion;
};
struct RawValue {
  static constexpr std::string_view kName = "";
  static constexpr int kDecimals = 6;
  static constexpr std::int64_t kMin = 0, kMax = 1'000'000 * kMillion * kMillion;
};
struct Points {
  static constexpr std::string_view kName = "points";
  static constexpr int kDecimals = 2;
  static constexpr std::int64_t kMin = 0, kMax = std::int64_t{100} * 100;
};
struct FinePoints {
  static constexpr std::string_view kName = "points";
  static constexpr int kDecimals = 9;
  static constexpr std::int64_t kMin = 0, kMax = 100'000 * kMillion;
};
struct Grade {
  static constexpr std::string_view kName = "";
  static constexpr int kDecimals = 4;
  static constexpr std::int64_t kMin = 0, kMax = 10'000;
};
struct WorkDays {
  static constexpr std::string_view kName = "working days";
  static constexpr int kDecimals = 0;
  static constexpr std::int64_t kMin = 0, kMax = 100'000;
};
struct CalendarDays {
  static constexpr std::string_view kName = "days";
  static constexpr int kDecimals = 0;
  static constexpr std::int64_t kMin = 0, kMax = 100'000;
};
struct Megabytes {
  static constexpr std::string_view kName = "MiB";
  static constexpr int kDecimals = 0;
  static constexpr std::int64_t kMin = 0, kMax = 1'000 * kMillion;
};
struct Bytes {
  static constexpr std::string_view kName = "bytes";
  static constexpr int kDecimals = 0;
  static constexpr std::int64_t kMin = 0, kMax = kMillion * kMillion * kMillion;
};
struct Seconds {
  static constexpr std::string_view kName = "s";
  static constexpr int kDecimals = 3;
  static constexpr std::int64_t kMin = 0, kMax = 1'000'000 * kMillion;
};
struct Hours {
  static constexpr std::string_view kName = "h";
  static constexpr int kDecimals = 0;
  static constexpr std::int64_t kMin = 0, kMax = 100'000;
};
struct Milliseconds {
  static constexpr std::string_view kName = "ms";
  static constexpr int kDecimals = 3;
  static constexpr std::int64_t kMin = 0, kMax = 1'000 * kMillion;
};

}  // namespace unit

using Percent = Quantity<unit::Percent>;                      // millionths of a percentage point
using OrdersPerSecond = Quantity<unit::OrdersPerSecond>;      // millionths of an order a second
using RequestsPerSecond = Quantity<unit::RequestsPerSecond>;  // millionths of a request a second
using DebtDays = Quantity<unit::DebtDays>;                    // millionths of a day
using Count = Quantity<unit::Count>;
using Share = Quantity<unit::Share>;            // parts per million of the whole
using Ratio = Quantity<unit::Ratio>;            // millionths, a factor that may be above 1
using Weight = Quantity<unit::Weight>;          // millionths
using RawValue = Quantity<unit::RawValue>;      // millionths of the dimension's own unit
using Points = Quantity<unit::Points>;          // hundredths of a point
using FinePoints = Quantity<unit::FinePoints>;  // 1e-9 of a point, a normalised dimension before rounding
inline constexpr std::int64_t kFinePerHundredth = FinePoints::scale() / Points::scale();
using Grade = Quantity<unit::Grade>;  // 1e-4, a coupling or obsolescence grade in 0..1
using WorkDays = Quantity<unit::WorkDays>;
using CalendarDays = Quantity<unit::CalendarDays>;
using Megabytes = Quantity<unit::Megabytes>;
using Bytes = Quantity<unit::Bytes>;
using Seconds = Quantity<unit::Seconds>;  // milliseconds
using Hours = Quantity<unit::Hours>;
using Milliseconds = Quantity<unit::Milliseconds>;  // microseconds

}  // namespace migplan
