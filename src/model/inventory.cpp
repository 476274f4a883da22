#include "migplan/model/inventory.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <functional>
#include <map>
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

void InventoryPart::add(Service service, std::span<const Dependency> depends_on, std::span<const std::string_view> stack) {
  service.file = file_;
  service.depends_on = dependencies_.keep(depends_on);
  service.stack = tags_.keep(stack);
  order_.push_back(&services_.keep(std::move(service)));
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
    issues_.add({Severity::Error, inventory_.files_[b.file], b.at, inventory_.path_of(second) + ".name",
                 fmt::format("{} is named twice, first at {}:{}:{}", in_quotes(b.name), inventory_.files_[a.file],
                             a.at.line, a.at.column),
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
    for (std::size_t at = 0; at < all.size(); ++at) {
      if (!all[at].is_external && all[at].target == kUnresolved) {
        report(i, at, all[at], "no such service", unresolved_hint(all[at].service));
      } else if (!all[at].is_external && all[at].target == i) {
        report(i, at, all[at], "a service cannot depend on itself", "");
      }
      const auto is_same = [name = all[at].service](const Dependency& other) { return other.service == name; };
      if (std::any_of(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(at), is_same)) {
        report(i, at, all[at], "listed twice", "keep one entry");
      }
    }
  }

  [[nodiscard]] std::string unresolved_hint(std::string_view name) const {
    constexpr std::size_t kWorthSearching = 20'000;
    const bool is_shown = issues_.errors() < Issues::kKept;
    const std::string_view near = is_shown && inventory_.size() <= kWorthSearching ? inventory_.nearest(name) : std::string_view{};
    if (near.empty()) return "mark it `external: true` if it is not part of this inventory";
    return fmt::format("did you mean {}? else mark it `external: true`", near);
  }

  void report(ServiceIndex i, std::size_t entry, const Dependency& dependency, std::string_view what, std::string hint) {
    const Service& service = inventory_[i];
    issues_.add({Severity::Error, inventory_.files_[service.file], dependency.at,
                 fmt::format("{}.depends_on[{}]", inventory_.path_of(i), entry),
                 fmt::format("{}: {} ({})", what, in_quotes(dependency.service), service.name), std::move(hint)});
  }

  void check_teams() {
    std::map<std::string_view, bool> known;
    for (const Team& team : inventory_.teams_) {
      if (known.try_emplace(team.name, true).second) continue;
      issues_.add({Severity::Error, "", {}, "teams", fmt::format("{} is listed twice", in_quotes(team.name)), ""});
    }
    if (known.empty()) return;
    for (ServiceIndex i = 0; i < inventory_.size(); ++i) {
      const Service& service = inventory_[i];
      if (service.team.empty() || known.contains(service.team)) continue;
      issues_.add({Severity::Warning, inventory_.files_[service.file], service.at, inventory_.path_of(i) + ".team",
                   fmt::format("{} is not among `teams`", in_quotes(service.team)), ""});
    }
  }

  unsigned threads_;
  Inventory inventory_;
  Issues issues_;
};

Result<Inventory> Inventory::create(std::vector<InventoryPart> parts, std::vector<std::string> files, unsigned threads) {
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

std::string Inventory::path_of(ServiceIndex i) const {
  const auto first = std::partition_point(services_.begin(), services_.end(), [file = services_[i]->file](const Service* s) {
    return s->file < file;
  });
  return fmt::format("services[{}]", i - static_cast<ServiceIndex>(first - services_.begin()));
}

}  // namespace migplan
