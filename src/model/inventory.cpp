#include "migplan/model/inventory.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <functional>
#include <map>
#include <numeric>
#include <utility>

#include "migplan/base/nearest.hpp"
#include "migplan/base/parallel.hpp"

namespace migplan {
namespace {

struct NameHash {
  std::size_t slot;
  std::uint32_t tag;
};

NameHash hash_of(std::string_view name, std::size_t slots) noexcept {
  const std::size_t hash = std::hash<std::string_view>{}(name);
  return {hash & (slots - 1), static_cast<std::uint32_t>(hash >> 32U)};
}

// Look-ups in a table larger than the caches wait for memory; in groups, they wait together.
constexpr std::size_t kGroup = 16;

}  // namespace

void InventoryPart::add(Service service, std::span<const Dependency> depends_on,
                        std::span<const std::string_view> stack) {
  service.file = file_;
  service.depends_on = dependencies_.keep(depends_on);
  service.stack = tags_.keep(stack);
  order_.push_back(&services_.keep(std::move(service)));
}

void InventoryPart::add(Team team) {
  team.file = file_;
  teams_.push_back(team);
}

// Puts the parts together and checks the services against each other, one step a function.
class InventoryAssembly {
 public:
  InventoryAssembly(std::vector<InventoryPart> parts, std::vector<std::string> files, unsigned threads)
      : threads_(threads) {
    inventory_.parts_ = std::move(parts);
    inventory_.files_ = std::move(files);
  }

  Result<Inventory> run(const std::vector<InventoryRun>& runs) {
    take_services(runs);
    index_names();
    resolve();
    for (ServiceIndex i = 0; i < inventory_.size(); ++i) check(i);
    check_teams();
    issues_.sort(inventory_.files_);
    if (issues_.has_errors()) return std::move(issues_);
    return Result<Inventory>(std::move(inventory_), std::move(issues_));
  }

 private:
  static constexpr ServiceIndex kUnresolved = 0xFFFF'FFFF;

  void take_services(const std::vector<InventoryRun>& runs) {
    std::size_t count = 0;
    for (const InventoryRun& run : runs) count += run.count;
    inventory_.services_.reserve(count);
    for (const InventoryRun& run : runs) {
      const auto first = inventory_.parts_[run.part].order_.begin() + static_cast<std::ptrdiff_t>(run.first);
      inventory_.services_.insert(inventory_.services_.end(), first, first + static_cast<std::ptrdiff_t>(run.count));
    }
    for (InventoryPart& part : inventory_.parts_) {
      part.order_ = {};
      inventory_.teams_.insert(inventory_.teams_.end(), part.teams_.begin(), part.teams_.end());
    }
  }

  void index_names() {
    const std::size_t slots = std::bit_ceil(std::max<std::size_t>(2 * inventory_.size(), 16));
    inventory_.slots_.assign(slots, {});
    std::array<NameHash, kGroup> hashes{};
    for (std::size_t begin = 0; begin < inventory_.size(); begin += kGroup) {
      const std::size_t end = std::min(begin + kGroup, inventory_.size());
      for (std::size_t i = begin; i < end; ++i) {
        hashes[i - begin] = hash_of(inventory_.services_[i]->name, slots);
        __builtin_prefetch(&inventory_.slots_[hashes[i - begin].slot], 1);
      }
      for (std::size_t i = begin; i < end; ++i) insert(static_cast<ServiceIndex>(i), hashes[i - begin]);
    }
  }

  void insert(ServiceIndex i, NameHash hash) {
    const std::string_view name = inventory_[i].name;
    const std::size_t mask = inventory_.slots_.size() - 1;
    std::size_t at = hash.slot;
    for (; inventory_.slots_[at].index != 0; at = (at + 1) & mask) {
      if (inventory_.is_at(inventory_.slots_[at], hash.tag, name)) {
        return report_duplicate(inventory_.slots_[at].index - 1, i);
      }
    }
    inventory_.slots_[at] = {hash.tag, i + 1};
  }

  void report_duplicate(ServiceIndex first, ServiceIndex second) {
    const Service& a = inventory_[first];
    const Service& b = inventory_[second];
    issues_.add({Severity::Error, inventory_.files_[b.file], b.at, inventory_.path_of(second, "name"),
                 fmt::format("{} is named twice, first at {}:{}:{}", in_quotes(b.name),
                             printable(inventory_.files_[a.file]), a.at.line, a.at.column),
                 ""});
  }

  // Looks the names of dependencies up, many at a time; what is not found becomes kUnresolved.
  void resolve() {
    for (InventoryPart& part : inventory_.parts_) {
      for (LargeVector<Dependency>& block : part.dependencies_.blocks()) {
        for_each_range(block.size(), threads_, [this, &block](std::size_t begin, std::size_t end) {
          for (std::size_t from = begin; from < end; from += kGroup) {
            resolve_group(std::span(block).subspan(from, std::min(kGroup, end - from)));
          }
        });
      }
    }
  }

  void resolve_group(std::span<Dependency> group) const {
    std::array<NameHash, kGroup> hashes{};
    const auto& slots = inventory_.slots_;
    for (std::size_t i = 0; i < group.size(); ++i) {
      hashes[i] = hash_of(group[i].service, slots.size());
      __builtin_prefetch(&slots[hashes[i].slot]);
    }
    for (std::size_t i = 0; i < group.size(); ++i) {
      const std::uint32_t index = slots[hashes[i].slot].index;
      if (index != 0) __builtin_prefetch(&inventory_.services_[index - 1]);
    }
    for (std::size_t i = 0; i < group.size(); ++i) {
      const std::uint32_t index = slots[hashes[i].slot].index;
      if (index != 0) __builtin_prefetch(&inventory_.services_[index - 1]->name);
    }
    for (std::size_t i = 0; i < group.size(); ++i) {
      const std::uint32_t index = slots[hashes[i].slot].index;
      if (index != 0) __builtin_prefetch(inventory_.services_[index - 1]->name.data());
    }
    for (Dependency& dependency : group) {
      if (!dependency.is_external) dependency.target = inventory_.find(dependency.service).value_or(kUnresolved);
    }
  }

  void check(ServiceIndex i) {
    const std::span<const Dependency> all = inventory_.dependencies(i);
    const std::vector<std::size_t> repeated = repeated_entries(all);
    for (std::size_t at = 0; at < all.size(); ++at) {
      if (all[at].service.empty()) continue;  // reported where it was read
      if (!all[at].is_external && all[at].target == kUnresolved) {
        report(i, at, all[at], "no such service", unresolved_hint(all[at].service));
      } else if (!all[at].is_external && all[at].target == i) {
        report(i, at, all[at], "a service cannot depend on itself", "");
      }
      if (all[at].is_external && inventory_.find(all[at].service)) warn_of_external(i, at, all[at]);
      if (std::binary_search(repeated.begin(), repeated.end(), at))
        report(i, at, all[at], "listed twice", "keep one entry");
    }
  }

  void warn_of_external(ServiceIndex i, std::size_t entry, const Dependency& dependency) {
    issues_.add({Severity::Warning, inventory_.files_[inventory_[i].file], dependency.at,
                 inventory_.path_of(i, fmt::format("depends_on[{}].external", entry)),
                 fmt::format("{} is marked external but is a service of this inventory", in_quotes(dependency.service)),
                 "leave `external` out, or the graph lacks this edge"});
  }

  // Entries whose service an earlier entry names too, ascending. O(n log n).
  static std::vector<std::size_t> repeated_entries(std::span<const Dependency> all) {
    if (all.size() < 2) return {};
    std::vector<std::size_t> order(all.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [all](std::size_t a, std::size_t b) { return all[a].service < all[b].service; });
    std::vector<std::size_t> repeated;
    for (std::size_t i = 1; i < order.size(); ++i) {
      if (all[order[i]].service == all[order[i - 1]].service) repeated.push_back(order[i]);
    }
    std::sort(repeated.begin(), repeated.end());
    return repeated;
  }

  [[nodiscard]] std::string unresolved_hint(std::string_view name) const {
    constexpr std::size_t kWorthSearching = 20'000;
    const bool is_shown = issues_.errors() < Issues::kKept;
    const std::string_view near =
        is_shown && inventory_.size() <= kWorthSearching ? inventory_.nearest(name) : std::string_view{};
    if (near.empty()) return "mark it `external: true` if it is not part of this inventory";
    return fmt::format("did you mean {}? else mark it `external: true`", near);
  }

  void report(ServiceIndex i, std::size_t entry, const Dependency& dependency, std::string_view what,
              std::string hint) {
    const Service& service = inventory_[i];
    issues_.add({Severity::Error, inventory_.files_[service.file], dependency.at,
                 inventory_.path_of(i, fmt::format("depends_on[{}]", entry)),
                 fmt::format("{}: {} ({})", what, in_quotes(dependency.service), service.name), std::move(hint)});
  }

  void check_teams() {
    std::map<std::string_view, const Team*> known;
    for (const Team& team : inventory_.teams_) {
      const auto [first, is_new] = known.try_emplace(team.name, &team);
      if (is_new) continue;
      const Team& other = *first->second;
      issues_.add({Severity::Error, inventory_.files_[team.file], team.at, fmt::format("teams[{}].name", team.number),
                   fmt::format("{} is listed twice, first at {}:{}:{}", in_quotes(team.name),
                               printable(inventory_.files_[other.file]), other.at.line, other.at.column)});
    }
    if (known.empty()) return;
    for (ServiceIndex i = 0; i < inventory_.size(); ++i) {
      const Service& service = inventory_[i];
      if (service.team.empty() || known.contains(service.team)) continue;
      issues_.add({Severity::Warning, inventory_.files_[service.file], service.at, inventory_.path_of(i, "team"),
                   fmt::format("{} is not among `teams`", in_quotes(service.team)), ""});
    }
  }

  unsigned threads_;
  Inventory inventory_;
  Issues issues_;
};

Result<Inventory> Inventory::create(std::vector<InventoryPart> parts, std::vector<std::string> files,
                                    unsigned threads) {
  std::vector<InventoryRun> runs;
  for (std::size_t part = 0; part < parts.size(); ++part) runs.push_back({part, 0, parts[part].size()});
  return create(std::move(parts), runs, std::move(files), threads);
}

Result<Inventory> Inventory::create(std::vector<InventoryPart> parts, const std::vector<InventoryRun>& runs,
                                    std::vector<std::string> files, unsigned threads) {
  return InventoryAssembly(std::move(parts), std::move(files), threads).run(runs);
}

std::optional<ServiceIndex> Inventory::find(std::string_view name) const noexcept {
  const NameHash hash = hash_of(name, slots_.size());
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = hash.slot; slots_[at].index != 0; at = (at + 1) & mask) {
    if (is_at(slots_[at], hash.tag, name)) return slots_[at].index - 1;
  }
  return std::nullopt;
}

std::string_view Inventory::nearest(std::string_view name) const {
  std::vector<std::string_view> names;
  names.reserve(size());
  for (const Service& service : services()) names.push_back(service.name);
  return nearest_name(name, names);
}

std::string Inventory::path_of(ServiceIndex i, std::string_view field) const {
  const auto& number = services_[i]->number;
  return number ? fmt::format("services[{}].{}", *number, field) : std::string(field);
}

}  // namespace migplan
