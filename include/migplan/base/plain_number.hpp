#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

#include "migplan/base/decimal.hpp"
#include "migplan/base/short_text.hpp"

namespace migplan {

// A number written as digits [. digits] in at most 8 bytes, as nearly all are, or as at most 16 digits, as times are:
// no sign, no exponent, no needless zero in front. JSON and parse_decimal agree on these. Found and read as one word,
// without a branch a digit.
class PlainNumber {
 public:
  static constexpr std::size_t kBytes = 8;

  constexpr PlainNumber() noexcept = default;  // none
  // None for a text that is written in another way. kBytes are readable from `text` on, whatever its size.
  [[nodiscard]] static PlainNumber read(const char* text, std::size_t size) noexcept;

  [[nodiscard]] constexpr bool is_known() const noexcept { return fraction_ != kNone; }
  // Whether it is a whole number of steps of 10^-decimals as it is written.
  [[nodiscard]] constexpr bool fits(int decimals) const noexcept { return fraction_ <= decimals; }
  // Value x 10^decimals, where it fits; `decimals` in 0..9.
  [[nodiscard]] constexpr std::int64_t steps(int decimals) const noexcept {
    return static_cast<std::int64_t>(digits_ * kPowersOfTen[static_cast<std::size_t>(decimals - fraction_)]);
  }
  // Written without a point: such ones have up to twice kBytes digits, of which those with more than kBytes fit no
  // number of decimals.
  [[nodiscard]] constexpr bool is_whole() const noexcept { return fraction_ == 0 || fraction_ == kLong; }
  [[nodiscard]] constexpr std::int64_t whole() const noexcept { return static_cast<std::int64_t>(digits_); }

 private:
  static constexpr int kNone = 127, kLong = 126;  // kLong: whole, of more than kBytes digits
  constexpr PlainNumber(std::uint64_t digits, int fraction) noexcept : digits_(digits), fraction_(fraction) {}
  [[nodiscard]] static constexpr std::uint64_t value_of_digits(std::uint64_t word) noexcept;
  [[nodiscard]] static PlainNumber read_long(const char* text, std::size_t size) noexcept;

  std::uint64_t digits_ = 0;
  int fraction_ = kNone;  // digits behind the point
};

// Of eight values 0..9, one a byte, the first digit lowest: neighbours are put together three times.
constexpr std::uint64_t PlainNumber::value_of_digits(std::uint64_t word) noexcept {
  word = word * (10 * 0x100 + 1) >> 8U;
  word = (word & 0x00FF'00FF'00FF'00FF) * (100 * 0x1'0000 + 1) >> 16U;
  return (word & 0x0000'FFFF'0000'FFFF) * (10'000 * 0x1'0000'0000 + 1) >> 32U;
}

inline PlainNumber PlainNumber::read(const char* text, std::size_t size) noexcept {
  constexpr std::uint64_t kEach = 0x0101'0101'0101'0101;
  constexpr std::uint64_t kPoint = '.' ^ '0';
  if constexpr (std::endian::native != std::endian::little) return {};
  if (size - 1 >= kBytes) return size - 1 < 2 * kBytes ? read_long(text, size) : PlainNumber();
  if (text[0] == '0' && size > 1 && text[1] != '.') return {};
  // The text at the upper end of the word, zeros in front of it.
  const std::uint64_t word = (word_at<std::uint64_t>(text) ^ kEach * '0') << 8 * (kBytes - size);
  const std::uint64_t others = (((word & kEach * 0x7F) + kEach * (0x80 - 10)) | word) & kEach * 0x80;
  if (others == 0) return {value_of_digits(word), 0};
  const auto point = static_cast<std::size_t>(std::countr_zero(others)) / 8;
  const bool is_point = (others & (others - 1)) == 0 && (word >> 8 * point & 0xFF) == kPoint;
  if (!is_point || point == kBytes - size || point == kBytes - 1) return {};
  const std::uint64_t whole = word & ((std::uint64_t{1} << 8 * point) - 1);
  const std::uint64_t fraction = word >> 8 * (point + 1) << 8 * (point + 1);
  return {value_of_digits(whole << 8U | fraction), static_cast<int>(kBytes - 1 - point)};
}

// Digits alone, in two words: the upper ones with zeros in front, and the last kBytes.
inline PlainNumber PlainNumber::read_long(const char* text, std::size_t size) noexcept {
  constexpr std::uint64_t kEach = 0x0101'0101'0101'0101;
  constexpr std::uint64_t kBelow = 100'000'000;  // 10^kBytes
  const std::uint64_t upper = (word_at<std::uint64_t>(text) ^ kEach * '0') << 8 * (2 * kBytes - size);
  const std::uint64_t lower = word_at<std::uint64_t>(text + size - kBytes) ^ kEach * '0';
  const auto others = [](std::uint64_t word) {
    return (((word & kEach * 0x7F) + kEach * (0x80 - 10)) | word) & kEach * 0x80;
  };
  if (text[0] == '0' || (others(upper) | others(lower)) != 0) return {};
  return {value_of_digits(upper) * kBelow + value_of_digits(lower), kLong};
}

}  // namespace migplan
