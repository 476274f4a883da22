#include "migplan/model/inventory.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <functional>
#include <iterator>
#include <map>
#include <utility>

#include "migplan/base/nearest.hpp"
#include "migplan/base/parallel.hpp"

namespace migplan {

void InventoryPart::add(Service service, std::span<const DependencyReference> depends_on,
                        std::span<const std::string_view> stack) {
  service.file = file_;
  services_.push_back(std::move(service));
  references_.insert(references_.end(), depends_on.begin(), depends_on.end());
  reference_ends_.push_back(static_cast<std::uint32_t>(references_.size()));
  stack_.insert(stack_.end(), stack.begin(), stack.end());
  stack_ends_.push_back(static_cast<std::uint32_t>(stack_.size()));
}

// Puts the parts together and checks the services against each other, one step a function.
class InventoryAssembly {
 public:
  InventoryAssembly(std::vector<InventoryPart> parts, std::vector<std::string> files, unsigned threads)
      : parts_(std::move(parts)), threads_(threads) {
    inventory_.files_ = std::move(files);
  }

  Result<Inventory> run() {
    count_and_reserve();
    for (InventoryPart& part : parts_) take(part);
    index_names();
    resolve_all();
    check_teams();
    if (issues_.has_errors()) return std::move(issues_);
    return Result<Inventory>(std::move(inventory_), std::move(issues_));
  }

 private:
  void count_and_reserve() {
    std::size_t services = 0, references = 0, tags = 0;
    for (const InventoryPart& part : parts_) {
      services += part.services_.size();
      references += part.references_.size();
      tags += part.stack_.size();
    }
    inventory_.services_.reserve(services);
    inventory_.dependencies_.reserve(references);
    inventory_.dependency_begins_.reserve(services + 1);
    inventory_.stack_.reserve(tags);
    inventory_.stack_begins_.reserve(services + 1);
    references_.reserve(references);
  }

  void take(InventoryPart& part) {
    const auto reference_base = static_cast<std::uint32_t>(references_.size());
    const auto stack_base = static_cast<std::uint32_t>(inventory_.stack_.size());
    std::move(part.services_.begin(), part.services_.end(), std::back_inserter(inventory_.services_));
    references_.insert(references_.end(), part.references_.begin(), part.references_.end());
    for (const std::uint32_t end : part.reference_ends_) inventory_.dependency_begins_.push_back(reference_base + end);
    inventory_.stack_.insert(inventory_.stack_.end(), part.stack_.begin(), part.stack_.end());
    for (const std::uint32_t end : part.stack_ends_) inventory_.stack_begins_.push_back(stack_base + end);
    inventory_.teams_.insert(inventory_.teams_.end(), part.teams_.begin(), part.teams_.end());
    inventory_.arenas_.push_back(std::move(part.arena_));
    part = InventoryPart{};
  }

  void index_names() {
    const std::size_t slots = std::bit_ceil(std::max<std::size_t>(2 * inventory_.size(), 16));
    inventory_.slots_.assign(slots, 0);
    for (ServiceIndex i = 0; i < inventory_.size(); ++i) {
      const std::string_view name = inventory_[i].name;
      std::size_t slot = std::hash<std::string_view>{}(name) & (slots - 1);
      while (inventory_.slots_[slot] != 0 && inventory_[inventory_.slots_[slot] - 1].name != name) {
        slot = (slot + 1) & (slots - 1);
      }
      if (inventory_.slots_[slot] != 0) {
        report_duplicate(inventory_.slots_[slot] - 1, i);
      } else {
        inventory_.slots_[slot] = i + 1;
      }
    }
  }

  void report_duplicate(ServiceIndex first, ServiceIndex second) {
    const Service& a = inventory_[first];
    const Service& b = inventory_[second];
    issues_.add({Severity::Error, inventory_.files_[b.file], b.at, inventory_.path_of(second) + ".name",
                 fmt::format("{} is named twice, first at {}:{}:{}", in_quotes(b.name), inventory_.files_[a.file],
                             a.at.line, a.at.column),
                 ""});
  }

  void resolve_all() {
    inventory_.dependencies_.resize(references_.size());
    for_each_range(inventory_.size(), threads_, [this](std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < end; ++i) resolve_found(static_cast<ServiceIndex>(i));
    });
    for (ServiceIndex i = 0; i < inventory_.size(); ++i) check(i);
    references_ = {};
  }

  // The part that threads can do: looks the names up. What is left kUnresolved is for `check`.
  void resolve_found(ServiceIndex i) {
    for (std::uint32_t at = inventory_.dependency_begins_[i]; at < inventory_.dependency_begins_[i + 1]; ++at) {
      const DependencyReference& reference = references_[at];
      const auto target = reference.is_external ? std::nullopt : inventory_.find(reference.service);
      inventory_.dependencies_[at] = {target.value_or(kUnresolved), reference.strength, reference.is_external};
    }
  }

  void check(ServiceIndex i) {
    const std::uint32_t begin = inventory_.dependency_begins_[i];
    const std::uint32_t end = inventory_.dependency_begins_[i + 1];
    for (std::uint32_t at = begin; at < end; ++at) {
      Dependency& dependency = inventory_.dependencies_[at];
      if (dependency.is_external) {
        dependency.target = external_index(references_[at].service);
      } else if (dependency.target == kUnresolved) {
        report(i, at - begin, references_[at], "no such service", unresolved_hint(references_[at].service));
      } else if (dependency.target == i) {
        report(i, at - begin, references_[at], "a service cannot depend on itself", "");
      }
      if (is_repeated(begin, at)) report(i, at - begin, references_[at], "listed twice", "keep one entry");
    }
  }

  [[nodiscard]] bool is_repeated(std::uint32_t begin, std::uint32_t at) const {
    for (std::uint32_t other = begin; other < at; ++other) {
      if (references_[other].service == references_[at].service) return true;
    }
    return false;
  }

  std::uint32_t external_index(std::string_view name) {
    const auto [entry, is_new] = externals_.try_emplace(name, static_cast<std::uint32_t>(externals_.size()));
    if (is_new) inventory_.external_names_.push_back(name);
    return entry->second;
  }

  [[nodiscard]] std::string unresolved_hint(std::string_view name) const {
    constexpr std::size_t kWorthSearching = 20'000;
    const std::string_view near = inventory_.size() <= kWorthSearching ? inventory_.nearest(name) : std::string_view{};
    if (near.empty()) return "mark it `external: true` if it is not part of this inventory";
    return fmt::format("did you mean {}? else mark it `external: true`", near);
  }

  void report(ServiceIndex i, std::uint32_t entry, const DependencyReference& reference, std::string_view what,
              std::string hint) {
    const Service& service = inventory_[i];
    issues_.add({Severity::Error, inventory_.files_[service.file], reference.at,
                 fmt::format("{}.depends_on[{}]", inventory_.path_of(i), entry),
                 fmt::format("{}: {} ({})", what, in_quotes(reference.service), service.name), std::move(hint)});
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

  static constexpr std::uint32_t kUnresolved = 0xFFFF'FFFF;

  std::vector<InventoryPart> parts_;
  unsigned threads_;
  Inventory inventory_;
  std::vector<DependencyReference> references_;
  std::map<std::string_view, std::uint32_t> externals_;
  Issues issues_;
};

Result<Inventory> Inventory::create(std::vector<InventoryPart> parts, std::vector<std::string> files, unsigned threads) {
  return InventoryAssembly(std::move(parts), std::move(files), threads).run();
}

std::span<const Dependency> Inventory::dependencies(ServiceIndex i) const noexcept {
  return {dependencies_.data() + dependency_begins_[i], dependencies_.data() + dependency_begins_[i + 1]};
}

std::span<const std::string_view> Inventory::stack(ServiceIndex i) const noexcept {
  return {stack_.data() + stack_begins_[i], stack_.data() + stack_begins_[i + 1]};
}

std::optional<ServiceIndex> Inventory::find(std::string_view name) const noexcept {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = std::hash<std::string_view>{}(name) & mask;
  for (; slots_[slot] != 0; slot = (slot + 1) & mask) {
    if (services_[slots_[slot] - 1].name == name) return slots_[slot] - 1;
  }
  return std::nullopt;
}

std::string_view Inventory::nearest(std::string_view name) const {
  std::vector<std::string_view> names;
  names.reserve(size());
  for (const Service& service : services_) names.push_back(service.name);
  return nearest_name(name, names);
}

std::string Inventory::path_of(ServiceIndex i) const {
  const auto first = std::partition_point(services_.begin(), services_.end(), [file = services_[i].file](const Service& s) {
    return s.file < file;
  });
  return fmt::format("services[{}]", i - static_cast<ServiceIndex>(first - services_.begin()));
}

}  // namespace migplan
