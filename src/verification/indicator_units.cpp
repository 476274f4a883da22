#include "indicator_units.hpp"

#include <algorithm>
#include <array>

namespace migplan {
namespace {

using UnitKind = ConvertibleUnit::Kind;

struct UnitRow {
  UnitKind kind;
  std::int64_t factor;
  std::array<std::string_view, 5> names;
};

constexpr std::int64_t kKilo = 1000, kKibi = 1024, kMinute = 60 * kKilo * kKilo * kKilo, kHour = 60 * kMinute;

constexpr std::array kRows{
    UnitRow{UnitKind::Time, 1, {"ns"}},
    UnitRow{UnitKind::Time, kKilo, {"us", "µs", "微秒"}},
    UnitRow{UnitKind::Time, kKilo* kKilo, {"ms", "millisecond", "milliseconds", "毫秒"}},
    UnitRow{UnitKind::Time, kKilo* kKilo* kKilo, {"s", "sec", "second", "seconds", "秒"}},
    UnitRow{UnitKind::Time, kMinute, {"min", "minute", "minutes", "分钟"}},
    UnitRow{UnitKind::Time, kHour, {"h", "hour", "hours", "小时"}},
    UnitRow{UnitKind::Time, 24 * kHour, {"d", "day", "days", "天"}},
    UnitRow{UnitKind::Memory, 1, {"B", "byte", "bytes", "字节"}},
    UnitRow{UnitKind::Memory, kKilo, {"kB", "KB"}},
    UnitRow{UnitKind::Memory, kKilo* kKilo, {"MB"}},
    UnitRow{UnitKind::Memory, kKilo* kKilo* kKilo, {"GB"}},
    UnitRow{UnitKind::Memory, kKibi, {"KiB"}},
    UnitRow{UnitKind::Memory, kKibi* kKibi, {"MiB"}},
    UnitRow{UnitKind::Memory, kKibi* kKibi* kKibi, {"GiB"}},
    UnitRow{UnitKind::Part, 1, {"‰", "permille"}},
    UnitRow{UnitKind::Part, 10, {"%", "percent"}},
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
