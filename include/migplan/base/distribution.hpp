#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <span>

#include "migplan/base/random_stream.hpp"

namespace migplan {

// Draws of the standard normal distribution by the ziggurat of 256 layers (Marsaglia, Tsang, "The Ziggurat Method for
// Generating Random Variables", 2000), exact in its wedges and its tail.
class Normal {
 public:
  double operator()(RandomStream& random) const noexcept {
    const std::uint64_t bits = random.next();
    const auto layer = static_cast<std::size_t>(bits & 0xFFU);
    // A branch on the sign would be guessed wrong half of the time.
    const std::uint64_t sign = (bits & 0x100U) << 55U;
    const double x = static_cast<double>(static_cast<std::int64_t>(bits >> 11U)) * 0x1.0p-53 * kLayers.edge[layer];
    const double size = x < kLayers.edge[layer + 1] ? x : beyond(layer, x, random);
    return std::bit_cast<double>(std::bit_cast<std::uint64_t>(size) ^ sign);
  }

 private:
  static constexpr std::size_t kCount = 256;
  // Right edges of the layers, falling to 0, and the density there; the first is as wide as its area asks for.
  struct Layers {
    Layers() noexcept;
    std::array<double, kCount + 1> edge{};
    std::array<double, kCount + 1> density{};
  };
  static const Layers kLayers;
  // |x| where it did not fall into the part of the layer that lies under the curve.
  static double beyond(std::size_t layer, double x, RandomStream& random) noexcept;
};

// A draw of the gamma distribution with that shape and scale 1; 0 for shape 0. Marsaglia, Tsang, "A Simple Method for
// Generating Gamma Variables", 2000; shapes below 1 by its last section.
[[nodiscard]] double gamma_draw(double shape, RandomStream& random) noexcept;

// A draw of the Dirichlet distribution with those concentrations, at least one of them above 0, into `shares`, which
// add up to 1: gamma draws over their sum.
void dirichlet_draw(std::span<const double> concentrations, RandomStream& random, std::span<double> shares) noexcept;

}  // namespace migplan
