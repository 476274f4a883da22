#include "migplan/base/instant.hpp"

#include "migplan/base/date.hpp"

namespace migplan {
namespace {

constexpr std::int64_t kMinute = 60'000, kHour = 60 * kMinute, kDay = 24 * kHour;

// Takes the parts of a text from its front; false stays false.
class Parts {
 public:
  explicit Parts(std::string_view text) : rest_(text) {}

  // So many digits, as a number of that range.
  int digits(std::size_t count, int least, int greatest) noexcept {
    if (rest_.size() < count) return fail();
    int value = 0;
    for (const char c : rest_.substr(0, count)) {
      if (c < '0' || c > '9') return fail();
      value = value * 10 + (c - '0');
    }
    rest_.remove_prefix(count);
    return least <= value && value <= greatest ? value : fail();
  }
  // One of these characters; '\0' where there is another one.
  char one_of(std::string_view characters) noexcept {
    if (rest_.empty() || characters.find(rest_.front()) == std::string_view::npos) return '\0';
    const char taken = rest_.front();
    rest_.remove_prefix(1);
    return taken;
  }
  void require(std::string_view characters) noexcept {
    if (one_of(characters) == '\0') is_good_ = false;
  }
  // Digits of a fraction, as milliseconds.
  int fraction() noexcept {
    int ms = 0;
    std::size_t count = 0;
    for (; count < rest_.size() && rest_[count] >= '0' && rest_[count] <= '9'; ++count) {
      if (count < 3) ms = ms * 10 + (rest_[count] - '0');
    }
    if (count == 0 || count > 9) return fail();
    for (std::size_t missing = count; missing < 3; ++missing) ms *= 10;
    rest_.remove_prefix(count);
    return ms;
  }
  [[nodiscard]] bool is_at_end() const noexcept { return rest_.empty(); }
  [[nodiscard]] bool is_good() const noexcept { return is_good_; }

 private:
  int fail() noexcept {
    is_good_ = false;
    return 0;
  }

  std::string_view rest_;
  bool is_good_ = true;
};

std::int64_t time_of_day(Parts& parts) noexcept {
  std::int64_t ms = parts.digits(2, 0, 23) * kHour;
  parts.require(":");
  ms += parts.digits(2, 0, 59) * kMinute;
  parts.require(":");
  ms += parts.digits(2, 0, 60) * std::int64_t{1000};  // 60 is a leap second
  if (parts.one_of(".,") != '\0') ms += parts.fraction();
  return ms;
}

// What the local time is ahead of UTC.
std::int64_t zone_offset(Parts& parts) noexcept {
  const char sign = parts.one_of("Zz+-");
  if (sign == 'Z' || sign == 'z') return 0;
  const std::int64_t hours = parts.digits(2, 0, 23) * kHour;
  parts.require(":");
  const std::int64_t offset = hours + parts.digits(2, 0, 59) * kMinute;
  return sign == '-' ? -offset : offset;
}

}  // namespace

std::optional<Instant> parse_instant(std::string_view text) noexcept {
  Parts parts(text);
  const int year = parts.digits(4, 1, 9999);
  const char separator = parts.one_of("-/");
  const int month = parts.digits(2, 1, 12);
  if (parts.one_of("-/") != separator) return std::nullopt;
  const int day = parts.digits(2, 1, 31);
  parts.require("Tt ");
  Instant instant{time_of_day(parts), false};
  if (parts.is_good() && !parts.is_at_end()) {
    instant.ms -= zone_offset(parts);
    instant.has_zone = true;
  }
  if (!parts.is_good() || !parts.is_at_end() || separator == '\0') return std::nullopt;
  const auto date = Date::create(year, static_cast<unsigned>(month), static_cast<unsigned>(day));
  if (!date) return std::nullopt;
  instant.ms += date->days_since_1970() * kDay;
  return instant;
}

}  // namespace migplan
