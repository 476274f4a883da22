#include "migplan/model/inventory.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <mutex>
#include <numeric>
#include <utility>

#include "migplan/base/nearest.hpp"
#include "migplan/base/parallel.hpp"
#include "migplan/base/short_text.hpp"

namespace migplan {

void InventoryPart::add(const Service& service, std::span<const Dependency> depends_on,
                        std::span<const std::string_view> stack, const ServiceProfile& profile) {
  Service& kept = services_.emplace(service);
  kept.file = file_;
  kept.depends_on = dependencies_.keep(depends_on);
  kept.profile = nullptr;
  if (keeps_profiles()) {
    ServiceProfile& described = profiles_.emplace(profile);
    described.stack = keep_shared(stack);
    kept.profile = &described;
  }
  ++size_;
}

// Few stacks differ, so that services mostly share one list. The arena shares tags, too: comparing their places is
// enough.
std::span<const std::string_view> InventoryPart::keep_shared(std::span<const std::string_view> tags) {
  if (tags.empty()) return {};
  recent_tags_.resize(kRecent);
  std::uint64_t hash = tags.size();
  for (const std::string_view tag : tags) hash = text_hash({hash, reinterpret_cast<std::uintptr_t>(tag.data())}, 16);
  auto& slot = recent_tags_[hash % kRecent];
  const auto is_same = [](std::string_view a, std::string_view b) {
    return a.data() == b.data() && a.size() == b.size();
  };
  if (!std::equal(tags.begin(), tags.end(), slot.begin(), slot.end(), is_same)) slot = tags_.keep(tags);
  return slot;
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
    for (const ServiceIndex i : suspects()) check(i);
    check_teams();
    issues_.sort(inventory_.files_);
    if (issues_.has_errors()) return std::move(issues_);
    return Result<Inventory>(std::move(inventory_), std::move(issues_));
  }

 private:
  void take_services(const std::vector<InventoryRun>& runs) {
    std::size_t count = 0;
    for (const InventoryRun& run : runs) count += run.count;
    inventory_.services_.reserve(count);
    for (const InventoryRun& run : runs) {
      inventory_.parts_[run.part].services_.visit(
          run.first, run.count, [this](const Service& service) { inventory_.services_.push_back(&service); });
    }
    for (const InventoryPart& part : inventory_.parts_) {
      inventory_.teams_.insert(inventory_.teams_.end(), part.teams_.begin(), part.teams_.end());
      inventory_.has_details_ = inventory_.has_details_ || !part.details_.is_empty();
    }
  }

  void index_names() {
    std::vector<std::string_view> names(inventory_.size());
    for_each_range(names.size(), threads_, [this, &names](std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < end; ++i) names[i] = inventory_.services_[i]->name;
    });
    for (const auto [first, second] : inventory_.names_.assign(std::move(names))) report_duplicate(first, second);
  }

  void report_duplicate(ServiceIndex first, ServiceIndex second) {
    const Service& a = inventory_[first];
    const Service& b = inventory_[second];
    issues_.add({Severity::Error, inventory_.files_[b.file], b.at, inventory_.path_of(second, "name"),
                 fmt::format("{} is named twice, first at {}:{}:{}", in_quotes(b.name),
                             printable(inventory_.files_[a.file]), a.at.line, a.at.column),
                 ""});
  }

  // Looks the names of all dependencies up.
  void resolve() {
    static constexpr std::size_t kGroup = NameIndex::kGroup;
    for (InventoryPart& part : inventory_.parts_) {
      for (std::vector<Dependency>& block : part.dependencies_.blocks()) {
        for_each_range(block.size(), threads_, [this, &block](std::size_t begin, std::size_t end) {
          for (std::size_t from = begin; from < end; from += kGroup) {
            resolve_group(std::span(block).subspan(from, std::min(kGroup, end - from)));
          }
        });
      }
    }
  }

  void resolve_group(std::span<Dependency> group) const {
    std::array<std::string_view, NameIndex::kGroup> names;
    std::array<ServiceIndex, NameIndex::kGroup> found{};
    for (std::size_t i = 0; i < group.size(); ++i) names[i] = group[i].service;
    inventory_.names_.find(std::span(names).first(group.size()), found.data());
    for (std::size_t i = 0; i < group.size(); ++i) group[i].target = found[i];
  }

  // The services with an entry that `check` would report, ascending: few, so that only the search is worth threads.
  std::vector<ServiceIndex> suspects() {
    std::mutex mutex;
    std::vector<ServiceIndex> found;
    for_each_range(inventory_.size(), threads_, [&](std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < end; ++i) {
        const auto all = inventory_.dependencies(static_cast<ServiceIndex>(i));
        const bool is_suspect = std::any_of(all.begin(), all.end(), [i](const Dependency& dependency) {
          const bool is_known = dependency.target != NameIndex::kNone;
          return is_known == dependency.is_external || (is_known && dependency.target == i);
        });
        if (!is_suspect && !has_repeated_entries(all)) continue;
        const std::lock_guard lock(mutex);
        found.push_back(static_cast<ServiceIndex>(i));
      }
    });
    std::sort(found.begin(), found.end());
    return found;
  }

  void check(ServiceIndex i) {
    const std::span<const Dependency> all = inventory_.dependencies(i);
    const std::vector<std::size_t> repeated = repeated_entries(all);
    for (std::size_t at = 0; at < all.size(); ++at) {
      if (all[at].service.empty()) continue;  // reported where it was read
      if (!all[at].is_external && all[at].target == NameIndex::kNone) {
        report(i, at, all[at], "no such service", unresolved_hint(all[at].service));
      } else if (!all[at].is_external && all[at].target == i) {
        report(i, at, all[at], "a service cannot depend on itself", "");
      }
      if (all[at].is_external && all[at].target != NameIndex::kNone) warn_of_external(i, at, all[at]);
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

  // Whether `repeated_entries` finds any. Entries of one service have one target, which is nearer than their names.
  static bool has_repeated_entries(std::span<const Dependency> all) {
    constexpr std::size_t kFew = 16;
    if (all.size() > kFew) return !repeated_entries(all).empty();
    for (std::size_t i = 1; i < all.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        if (all[i].target == all[j].target && all[i].service == all[j].service) return true;
      }
    }
    return false;
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

std::string_view Inventory::nearest(std::string_view name) const { return nearest_name(name, names_.names()); }

std::string Inventory::path_of(ServiceIndex i, std::string_view field) const {
  const auto& number = services_[i]->number;
  return number ? fmt::format("services[{}].{}", *number, field) : std::string(field);
}

std::vector<ServiceIndex> services_by_name(const Inventory& inventory) {
  std::vector<ServiceIndex> order(inventory.size());
  std::iota(order.begin(), order.end(), ServiceIndex{0});
  std::sort(order.begin(), order.end(),
            [&inventory](ServiceIndex a, ServiceIndex b) { return inventory[a].name < inventory[b].name; });
  return order;
}

}  // namespace migplan
