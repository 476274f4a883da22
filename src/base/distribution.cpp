#include "migplan/base/distribution.hpp"

#include <cmath>

#include "migplan/base/exact_math.hpp"

namespace migplan {
namespace {

// Where the tail begins and the area of each layer, for 256 layers.
constexpr double kTail = 3.6541528853610088, kArea = 4.92867323399e-3;

double density_at(double x) noexcept { return exact_exp(-0.5 * x * x); }

double tail_draw(RandomStream& random) noexcept {
  for (;;) {
    const double x = -exact_log(random.positive_uniform()) / kTail;
    const double y = -exact_log(random.positive_uniform());
    if (y + y >= x * x) return kTail + x;
  }
}

// For shapes from 1 on.
double large_gamma_draw(double shape, RandomStream& random) noexcept {
  const double d = shape - 1.0 / 3.0;
  const double c = 1.0 / std::sqrt(9.0 * d);
  for (;;) {
    const double x = Normal()(random);
    const double base = 1.0 + c * x;
    if (base <= 0) continue;
    const double v = base * base * base;
    const double u = random.positive_uniform();
    const double square = x * x;
    if (u < 1.0 - 0.0331 * square * square) return d * v;
    if (exact_log(u) < 0.5 * square + d * (1.0 - v + exact_log(v))) return d * v;
  }
}

}  // namespace

const Normal::Layers Normal::kLayers;

Normal::Layers::Layers() noexcept {
  edge[0] = kArea / density_at(kTail);
  edge[1] = kTail;
  density[1] = density_at(kTail);
  for (std::size_t i = 2; i < kCount; ++i) {
    density[i] = kArea / edge[i - 1] + density[i - 1];
    edge[i] = std::sqrt(-2.0 * exact_log(density[i]));
  }
  density[kCount] = 1.0;
}

double Normal::beyond(std::size_t layer, double x, RandomStream& random) noexcept {
  for (;;) {
    if (layer == 0) return tail_draw(random);
    const double low = kLayers.density[layer], high = kLayers.density[layer + 1];
    if (low + random.uniform() * (high - low) < density_at(x)) return x;
    // Rejected: begin again, its sign is as good as another.
    const std::uint64_t bits = random.next();
    layer = static_cast<std::size_t>(bits & 0xFFU);
    x = static_cast<double>(bits >> 11U) * 0x1.0p-53 * kLayers.edge[layer];
    if (x < kLayers.edge[layer + 1]) return x;
  }
}

double gamma_draw(double shape, RandomStream& random) noexcept {
  if (shape <= 0) return 0;
  if (shape >= 1) return large_gamma_draw(shape, random);
  const double larger = large_gamma_draw(shape + 1.0, random);
  constexpr double kSmallestPower = -700;  // of e: as good as 0
  const double power = exact_log(random.positive_uniform()) / shape;
  return power < kSmallestPower ? 0 : larger * exact_exp(power);
}

void dirichlet_draw(std::span<const double> concentrations, RandomStream& random, std::span<double> shares) noexcept {
  double sum = 0;
  while (sum <= 0) {
    sum = 0;
    for (std::size_t i = 0; i < concentrations.size(); ++i) {
      shares[i] = gamma_draw(concentrations[i], random);
      sum += shares[i];
    }
  }
  for (double& share : shares) share /= sum;
}

}  // namespace migplan
