#include "migplan/base/apportion.hpp"

#include <cstddef>

namespace migplan {
namespace {

struct FloorShare {
  std::int64_t whole = 0;
  Int128 rest = 0;  // what was cut off, in 0..unit; beyond that range after a correction
};

FloorShare floor_share(Int128 part, Int128 unit) {
  Int128 whole = part / unit;
  Int128 rest = part % unit;
  if (rest < 0) {
    --whole;
    rest += unit;
  }
  return {static_cast<std::int64_t>(whole), rest};
}

}  // namespace

std::vector<std::int64_t> apportion(std::span<const Int128> parts, Int128 unit, std::int64_t total) {
  std::vector<FloorShare> shares;
  shares.reserve(parts.size());
  std::int64_t left = total;
  for (const Int128 part : parts) {
    shares.push_back(floor_share(part, unit));
    left -= shares.back().whole;
  }
  while (left != 0 && !shares.empty()) {
    const int sign = left > 0 ? 1 : -1;
    std::size_t chosen = 0;
    for (std::size_t i = 1; i < shares.size(); ++i) {
      if (sign * (shares[i].rest - shares[chosen].rest) > 0) chosen = i;
    }
    shares[chosen].whole += sign;
    shares[chosen].rest -= sign * unit;
    left -= sign;
  }
  std::vector<std::int64_t> result;
  result.reserve(shares.size());
  for (const FloorShare& share : shares) result.push_back(share.whole);
  return result;
}

}  // namespace migplan
