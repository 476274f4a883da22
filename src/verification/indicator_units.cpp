#include "indicator_units.hpp"

#include <algorithm>
#include <array>

namespace migplan {
namespace {

using Kind = ConvertibleUnit::Kind;

struct UnitRow {
  Kind kind;
  std::int64_t factor;
  std::array<std::string_view, 5> names;
};

constexpr std::int64_t kKilo = 1000, kKibi = 1024, kMinute = 60 * kKilo * kKilo * kKilo;

constexpr std::array kRows{
    UnitRow{Kind::Time, 1, {"ns"}},
    UnitRow{Kind::Time, kKilo, {"us", "µs", "微秒"}},
    UnitRow{Kind::Time, kKilo* kKilo, {"ms", "millisecond", "milliseconds", "毫秒"}},
    UnitRow{Kind::Time, kKilo* kKilo* kKilo, {"s", "sec", "second", "seconds", "秒"}},
    UnitRow{Kind::Time, kMinute, {"min", "minute", "minutes", "分钟"}},
    UnitRow{Kind::Time, 60 * kMinute, {"h", "hour", "hours", "小时"}},
    UnitRow{Kind::Time, 24 * 60 * kMinute, {"d", "day", "days", "天"}},
    UnitRow{Kind::Memory, 1, {"B", "byte", "bytes", "字节"}},
    UnitRow{Kind::Memory, kKilo, {"kB", "KB"}},
    UnitRow{Kind::Memory, kKilo* kKilo, {"MB"}},
    UnitRow{Kind::Memory, kKilo* kKilo* kKilo, {"GB"}},
    UnitRow{Kind::Memory, kKibi, {"KiB"}},
    UnitRow{Kind::Memory, kKibi* kKibi, {"MiB"}},
    UnitRow{Kind::Memory, kKibi* kKibi* kKibi, {"GiB"}},
    UnitRow{Kind::Part, 1, {"‰", "permille"}},
    UnitRow{Kind::Part, 10, {"%", "percent"}},
};

}  // namespace

std::optional<ConvertibleUnit> convertible_unit(std::string_view text) noexcept {
  if (text.empty()) return std::nullopt;
  for (const UnitRow& row : kRows) {
    if (std::find(row.names.begin(), row.names.end(), text) == row.names.end()) continue;
    return ConvertibleUnit{row.kind, row.factor, row.names.front()};
  }
  return std::nullopt;
}

}  // namespace migplan
