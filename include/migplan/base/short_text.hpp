#pragma once

// Comparing and hashing of names and keys: done for every field of a million services, so inline and in words of eight
// bytes.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace migplan {

template <class Word>
[[nodiscard]] inline Word word_at(const char* text) noexcept {
  Word word{};
  std::memcpy(&word, text, sizeof word);
  return word;
}

// Whether two texts are the same; made for texts of up to 16 bytes.
[[nodiscard]] inline bool is_same_text(std::string_view a, std::string_view b) noexcept {
  const std::size_t size = a.size();
  if (size != b.size()) return false;
  const auto same = [&a, &b]<class Word>(Word, std::size_t at) {
    return word_at<Word>(a.data() + at) == word_at<Word>(b.data() + at);
  };
  if (size > 16) return std::memcmp(a.data(), b.data(), size) == 0;
  if (size >= 8) return same(std::uint64_t{}, 0) && same(std::uint64_t{}, size - 8);
  if (size >= 4) return same(std::uint32_t{}, 0) && same(std::uint32_t{}, size - 4);
  for (std::size_t i = 0; i < size; ++i) {
    if (a[i] != b[i]) return false;
  }
  return true;
}

// Two words that hold every byte of a text of up to 16, in parts twice: with its size they tell it from all others.
struct TextWords {
  std::uint64_t low = 0, high = 0;
  friend bool operator==(const TextWords&, const TextWords&) noexcept = default;
};
[[nodiscard]] inline TextWords text_words(const char* text, std::size_t size) noexcept {
  if (size >= 8) return {word_at<std::uint64_t>(text), word_at<std::uint64_t>(text + size - 8)};
  if (size >= 4) return {word_at<std::uint32_t>(text), word_at<std::uint32_t>(text + size - 4)};
  if (size == 0) return {};
  const auto byte = [text](std::size_t i) { return std::uint64_t{static_cast<unsigned char>(text[i])}; };
  return {byte(0), byte(size / 2) << 8U | byte(size - 1)};
}

// A hash for tables in memory, by 128-bit products folded in half as in wyhash (Wang Yi, public domain). All 64 bits
// are good. Not the same on machines of another byte order, and no defence against names chosen to collide.
[[nodiscard]] inline std::uint64_t text_hash(const TextWords& words, std::size_t size) noexcept {
  __extension__ using Product = unsigned __int128;
  constexpr std::uint64_t kFirst = 0xa0761d6478bd642f, kSecond = 0xe7037ed1a0b428db;
  const Product product = Product{words.low ^ (size * kFirst)} * (words.high ^ kSecond);
  const Product mixed =
      Product{static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64U)} * kFirst;
  return static_cast<std::uint64_t>(mixed) ^ static_cast<std::uint64_t>(mixed >> 64U);
}
[[nodiscard]] inline std::uint64_t text_hash(std::string_view text) noexcept {
  std::uint64_t hash = 0;
  const char* at = text.data();
  std::size_t left = text.size();
  for (; left > 16; left -= 16, at += 16) {
    hash = text_hash({hash ^ word_at<std::uint64_t>(at), word_at<std::uint64_t>(at + 8)}, 16);
  }
  TextWords last = text_words(at, left);
  last.low ^= hash;
  return text_hash(last, text.size());
}

}  // namespace migplan
