#pragma once

#include <array>
#include <bit>
#include <cstdint>

namespace migplan {

// SplitMix64 (Steele, Lea, Flood 2014): spreads a seed over the state of another generator.
class SplitMix64 {
 public:
  explicit constexpr SplitMix64(std::uint64_t seed) noexcept : state_(seed) {}
  constexpr std::uint64_t next() noexcept {
    state_ += 0x9E37'79B9'7F4A'7C15;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xBF58'476D'1CE4'E5B9;
    z = (z ^ (z >> 27U)) * 0x94D0'49BB'1331'11EB;
    return z ^ (z >> 31U);
  }

 private:
  std::uint64_t state_;
};

// xoshiro256++ 1.0 (Blackman, Vigna 2019), the same numbers on every machine. Streams of one seed are independent of
// each other, so that work can be split in any way without changing its result.
class RandomStream {
 public:
  using State = std::array<std::uint64_t, 4>;

  explicit constexpr RandomStream(const State& state) noexcept : state_(state) {}
  constexpr RandomStream(std::uint64_t seed, std::uint64_t stream) noexcept {
    SplitMix64 mixed(SplitMix64(SplitMix64(seed).next() ^ stream).next());
    for (std::uint64_t& word : state_) word = mixed.next();
  }

  constexpr std::uint64_t next() noexcept {
    const std::uint64_t result = std::rotl(state_[0] + state_[3], 23) + state_[0];
    const std::uint64_t shifted = state_[1] << 17U;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted;
    state_[3] = std::rotl(state_[3], 45);
    return result;
  }

  // 0 <= x < 1, a multiple of 2^-53.
  constexpr double uniform() noexcept { return static_cast<double>(next() >> 11U) * 0x1.0p-53; }
  // 0 < x <= 1.
  constexpr double positive_uniform() noexcept { return 1.0 - uniform(); }
  // A whole number below `limit` > 0, all of them equally likely: Lemire, "Fast Random Integer Generation in an
  // Interval", 2019.
  constexpr std::uint64_t below(std::uint64_t limit) noexcept {
    for (;;) {
      const Wide product = static_cast<Wide>(next()) * limit;
      const auto low = static_cast<std::uint64_t>(product);
      // 2^64 mod limit words would favour some numbers; it is less than the limit, so that it is seldom needed.
      if (low >= limit || low >= (0 - limit) % limit) return static_cast<std::uint64_t>(product >> 64U);
    }
  }

 private:
  __extension__ using Wide = unsigned __int128;
  State state_{};
};

}  // namespace migplan
