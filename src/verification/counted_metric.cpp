#include "counted_metric.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace migplan {

bool is_metric(std::string_view name, std::string_view base, std::string_view suffix) noexcept {
  if (name.size() < base.size() || !is_same_name(name.substr(0, base.size()), base)) return false;
  std::string_view rest = name.substr(base.size());
  for (const std::string_view unit : {"_seconds", "_milliseconds"}) {
    if (rest.starts_with(unit)) rest.remove_prefix(unit.size());
  }
  return rest == suffix;
}

std::uint64_t whole_count(double count) noexcept {
  return static_cast<std::uint64_t>(std::llround(std::min(count, kMostCounted)));
}

void add_count(std::uint64_t& sum, std::uint64_t count) noexcept {
  sum =
      count > std::numeric_limits<std::uint64_t>::max() - sum ? std::numeric_limits<std::uint64_t>::max() : sum + count;
}

std::vector<std::string> notes_of(const CounterIncrease& increase, bool is_since_start) {
  std::vector<std::string> notes;
  if (is_since_start) notes.emplace_back("counted since the process began");
  if (increase.resets() != 0) {
    notes.push_back(fmt::format("{} times a counter began anew; what it counted since was added", increase.resets()));
  }
  if (increase.begun_within() != 0) {
    notes.push_back(fmt::format("{} counters came up meanwhile and count from 0", increase.begun_within()));
  }
  if (increase.left_out() != 0) {
    notes.push_back(fmt::format("{} points that are no counts were left out", increase.left_out()));
  }
  return notes;
}

}  // namespace migplan
