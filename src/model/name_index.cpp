#include "migplan/model/name_index.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <utility>
#include <vector>

#include "migplan/base/short_text.hpp"

namespace migplan {
namespace {

constexpr std::uint32_t tag_of(std::uint64_t hash) noexcept { return static_cast<std::uint32_t>(hash >> 32U); }

}  // namespace

// Where the name stands, or the free slot where it would.
std::size_t NameIndex::slot_of(std::uint64_t hash, std::string_view name) const noexcept {
  const std::uint32_t tag = tag_of(hash);
  std::size_t at = first_slot(hash);
  while (slots_[at].index != kNone && !(slots_[at].tag == tag && names_[slots_[at].index] == name)) {
    at = (at + 1) & (slots_.size() - 1);
  }
  return at;
}

// The first service whose tag fits, without a look at its name.
ServiceIndex NameIndex::probable(std::uint64_t hash) const noexcept {
  const std::uint32_t tag = tag_of(hash);
  std::size_t at = first_slot(hash);
  while (slots_[at].index != kNone && slots_[at].tag != tag) at = (at + 1) & (slots_.size() - 1);
  return slots_[at].index;
}

std::vector<NameIndex::Clash> NameIndex::assign(std::vector<std::string_view> names) {
  names_ = std::move(names);
  slots_.assign(std::bit_ceil(std::max<std::size_t>(2 * names_.size(), kGroup)), {});
  std::vector<Clash> clashes;
  std::array<std::uint64_t, kGroup> hashes{};
  for (std::size_t begin = 0; begin < names_.size(); begin += kGroup) {
    const std::size_t end = std::min(begin + kGroup, names_.size());
    for (std::size_t i = begin; i < end; ++i) {
      hashes[i - begin] = text_hash(names_[i]);
      __builtin_prefetch(&slots_[first_slot(hashes[i - begin])], 1);
    }
    for (std::size_t i = begin; i < end; ++i) {
      Slot& slot = slots_[slot_of(hashes[i - begin], names_[i])];
      const auto index = static_cast<ServiceIndex>(i);
      if (slot.index == kNone) {
        slot = {tag_of(hashes[i - begin]), index};
      } else {
        clashes.push_back({slot.index, index});
      }
    }
  }
  return clashes;
}

std::optional<ServiceIndex> NameIndex::find(std::string_view name) const noexcept {
  if (slots_.empty()) return std::nullopt;
  const ServiceIndex index = slots_[slot_of(text_hash(name), name)].index;
  return index == kNone ? std::nullopt : std::optional(index);
}

void NameIndex::find(std::span<const std::string_view> names, ServiceIndex* found) const noexcept {
  std::array<std::uint64_t, kGroup> hashes{};
  for (std::size_t i = 0; i < names.size(); ++i) {
    hashes[i] = text_hash(names[i]);
    __builtin_prefetch(&slots_[first_slot(hashes[i])]);
  }
  for (std::size_t i = 0; i < names.size(); ++i) {
    found[i] = probable(hashes[i]);
    if (found[i] != kNone) __builtin_prefetch(&names_[found[i]]);
  }
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (found[i] != kNone) __builtin_prefetch(names_[found[i]].data());
  }
  for (std::size_t i = 0; i < names.size(); ++i) {
    const bool is_right = found[i] == kNone || names_[found[i]] == names[i];
    if (!is_right) found[i] = slots_[slot_of(hashes[i], names[i])].index;
  }
}

}  // namespace migplan
