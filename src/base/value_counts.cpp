#include "migplan/base/value_counts.hpp"

#include <algorithm>
#include <utility>

#include "migplan/base/assert.hpp"

namespace migplan {

template <class Visit>
void ValueCounts::for_each(const Visit& visit) const {
  const auto visit_page = [&](std::uint64_t number, const Page& page) {
    for (std::size_t i = 0; i < kPageSize; ++i) {
      if (page[i] != 0) visit((number * kPageSize + i) * resolution_, page[i]);
    }
  };
  for (std::size_t number = 0; number < pages_.size(); ++number) {
    if (pages_[number] != nullptr) visit_page(number, *pages_[number]);
  }
  for (const auto& [number, page] : far_pages_) visit_page(number, *page);
}

void ValueCounts::merge(const ValueCounts& other) {
  while (resolution_ < other.resolution_) coarsen();
  other.for_each([this](std::uint64_t value, std::uint64_t times) { add(value, times); });
}

std::uint64_t ValueCounts::kth(std::uint64_t k) const { return kth(std::span(&k, 1)).front(); }

std::vector<std::uint64_t> ValueCounts::kth(std::span<const std::uint64_t> ranks) const {
  MIGPLAN_ASSERT(std::is_sorted(ranks.begin(), ranks.end()));
  MIGPLAN_ASSERT(ranks.empty() || (ranks.front() >= 1 && ranks.back() <= count_));
  std::vector<std::uint64_t> values;
  values.reserve(ranks.size());
  std::uint64_t before = 0;
  for_each([&](std::uint64_t value, std::uint64_t times) {
    before += times;
    while (values.size() < ranks.size() && ranks[values.size()] <= before) values.push_back(value);
  });
  return values;
}

ValueCounts::Page& ValueCounts::page_at(std::uint64_t number) {
  if (number >= kDirect) {
    auto& page = far_pages_[number];
    if (page == nullptr) {
      page = std::make_unique<Page>();
      ++made_;
    }
    return *page;
  }
  if (number >= pages_.size()) pages_.resize(number + 1);
  auto& page = pages_[number];
  if (page == nullptr) {
    page = std::make_unique<Page>();
    ++made_;
  }
  return *page;
}

void ValueCounts::add_to_new_page(std::uint64_t value, std::uint64_t times) {
  const std::uint64_t step = value / resolution_;
  page_at(step / kPageSize)[step % kPageSize] += times;
  count_ += times;
  while (made_ > kMostPages) coarsen();
}

void ValueCounts::coarsen() {
  constexpr std::uint64_t kFactor = 10;
  ValueCounts coarse;
  coarse.resolution_ = resolution_ * kFactor;
  coarse.merge(*this);
  *this = std::move(coarse);
}

}  // namespace migplan
