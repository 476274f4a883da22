// bench_outcomes: writes the outcomes of one side of dual-written requests to standard output, a record a line.
//   bench_outcomes --pairs N --side old|new
// Both sides are of the same requests; of the new side one record in 10,000 is missing, and one pair in 5,000 differs.
// Its records come out of order, each up to some thousand lines from its place.

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

namespace {

// SplitMix64 of a number: any field of any request without those before it.
std::uint64_t mixed(std::uint64_t number) {
  std::uint64_t z = number * 0x9E37'79B9'7F4A'7C15;
  z = (z ^ (z >> 30U)) * 0xBF58'476D'1CE4'E5B9;
  z = (z ^ (z >> 27U)) * 0x94D0'49BB'1331'11EB;
  return z ^ (z >> 31U);
}

double uniform(std::uint64_t number) { return (static_cast<double>(mixed(number) >> 11U) + 0.5) * 0x1.0p-53; }

// A latency in ms, log-normal.
double latency(std::uint64_t seed, double median) {
  const double normal = std::sqrt(-2 * std::log(uniform(seed))) * std::cos(6.283185307179586 * uniform(seed + 1));
  return median * std::exp(0.6 * normal);
}

void put_record(fmt::memory_buffer& out, std::uint64_t i, bool is_new) {
  constexpr std::array<std::string_view, 5> kStatuses{"CREATED", "PAID", "SHIPPED", "CLOSED", "CANCELLED"};
  const std::uint64_t seed = 16 * i;
  std::string_view status = kStatuses[mixed(seed + 2) % kStatuses.size()];
  std::uint64_t cents = 100 + mixed(seed + 3) % 2'000'000;
  if (is_new && mixed(seed + 4) % 10'000 == 0) cents += 1;
  if (is_new && mixed(seed + 5) % 10'000 == 0) status = "LOST";
  fmt::format_to(
      std::back_inserter(out),
      R"({{"trace_id":"{:016x}{:016x}","ts":{},"latency_ms":{:.3f},"order_id":"SO-{:010}","order_status":"{}",)"
      R"("amount":"{}.{:02}","stock_version":{}}})"
      "\n",
      mixed(seed), mixed(seed + 1), 1'719'800'000'000 + 3 * i + (is_new ? mixed(seed + 6) % 400 : 0),
      is_new ? latency(seed + 7, 14) : latency(seed + 9, 20), i, status, cents / 100, cents % 100,
      1 + mixed(seed + 11) % 9000);
}

void write_side(std::uint64_t pairs, bool is_new) {
  constexpr std::uint64_t kReach = 4096;  // records are out of place by less than twice as much
  fmt::memory_buffer out;
  std::vector<std::uint64_t> order;
  for (std::uint64_t begin = 0; begin < pairs; begin += kReach) {
    order.clear();
    for (std::uint64_t i = begin; i < std::min(pairs, begin + kReach); ++i) {
      if (!is_new || mixed(16 * i + 12) % 10'000 != 0) order.push_back(i);
    }
    if (is_new) std::sort(order.begin(), order.end(), [](auto a, auto b) { return mixed(a) < mixed(b); });
    out.clear();
    for (const std::uint64_t i : order) put_record(out, i, is_new);
    std::fwrite(out.data(), 1, out.size(), stdout);
  }
}

}  // namespace

int main(int count, char** arguments) {
  const std::vector<std::string_view> words(arguments + 1, arguments + count);
  std::uint64_t pairs = 0;
  if (words.size() == 4 && words[0] == "--pairs" && words[2] == "--side" && (words[3] == "old" || words[3] == "new")) {
    std::from_chars(words[1].data(), words[1].data() + words[1].size(), pairs);
  }
  if (pairs == 0) {
    std::fputs("usage: bench_outcomes --pairs N --side old|new\n", stderr);
    return 2;
  }
  write_side(pairs, words[3] == "new");
  return std::ferror(stdout) != 0 ? 3 : 0;
}
