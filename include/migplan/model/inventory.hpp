#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "migplan/base/result.hpp"
#include "migplan/base/text_arena.hpp"
#include "migplan/model/service.hpp"

namespace migplan {

using ServiceIndex = std::uint32_t;

// One entry of a service's `depends_on` as written.
struct DependencyReference {
  std::string_view service;
  Position at;
  Strength strength = Strength::Strong;
  bool is_external = false;
};

// One entry of a service's `depends_on`, resolved: `target` is a service, or an index into external_names().
struct Dependency {
  std::uint32_t target = 0;
  Strength strength = Strength::Strong;
  bool is_external = false;
};

struct Team {
  std::string_view name;
  Fact<Count> squads;
};

// Services as a reader found them, in order, not yet checked against each other. Parts are filled independently of each
// other, one a file or one a piece of a large file.
class InventoryPart {
 public:
  InventoryPart() = default;
  explicit InventoryPart(std::uint32_t file) noexcept : file_(file) {}  // index into the files of the inventory

  // The arena keeps every text that services of this part point to.
  [[nodiscard]] TextArena& arena() noexcept { return arena_; }
  void add(Service service, std::span<const DependencyReference> depends_on, std::span<const std::string_view> stack);
  void add(Team team) { teams_.push_back(team); }
  [[nodiscard]] std::size_t size() const noexcept { return services_.size(); }

 private:
  friend class InventoryAssembly;
  std::uint32_t file_ = 0;
  TextArena arena_;
  std::vector<Service> services_;
  std::vector<DependencyReference> references_;
  std::vector<std::uint32_t> reference_ends_;
  std::vector<std::string_view> stack_;
  std::vector<std::uint32_t> stack_ends_;
  std::vector<Team> teams_;
};

// A landscape of services: names are unique labels, every dependency resolves or is marked external, no service depends
// on itself. Immutable. Services stand in the order in which they were read.
class Inventory {
 public:
  // `files[service.file]` names where a service was read. Reports duplicate names with both places, dependencies that do
  // not resolve (with the nearest name), self-dependencies and repeated entries. Expected time linear in services and
  // dependencies. `threads` changes the time, never the result.
  [[nodiscard]] static Result<Inventory> create(std::vector<InventoryPart> parts, std::vector<std::string> files,
                                                unsigned threads = 1);

  [[nodiscard]] std::size_t size() const noexcept { return services_.size(); }
  [[nodiscard]] std::span<const Service> services() const noexcept { return services_; }
  [[nodiscard]] const Service& operator[](ServiceIndex i) const noexcept { return services_[i]; }
  [[nodiscard]] std::span<const Dependency> dependencies(ServiceIndex i) const noexcept;
  [[nodiscard]] std::span<const std::string_view> stack(ServiceIndex i) const noexcept;
  [[nodiscard]] std::span<const std::string_view> external_names() const noexcept { return external_names_; }
  [[nodiscard]] std::span<const Team> teams() const noexcept { return teams_; }
  [[nodiscard]] std::span<const std::string> files() const noexcept { return files_; }
  // The service of that name, in expected constant time.
  [[nodiscard]] std::optional<ServiceIndex> find(std::string_view name) const noexcept;
  [[nodiscard]] std::string_view nearest(std::string_view name) const;
  // services[12] of its file, as readers count.
  [[nodiscard]] std::string path_of(ServiceIndex i) const;

 private:
  friend class InventoryAssembly;
  Inventory() = default;

  std::vector<TextArena> arenas_;
  std::vector<std::string> files_;
  std::vector<Service> services_;
  std::vector<std::uint32_t> slots_;  // open addressing by name; 0 = free, else index + 1
  std::vector<Dependency> dependencies_;
  std::vector<std::uint32_t> dependency_begins_{0};
  std::vector<std::string_view> stack_;
  std::vector<std::uint32_t> stack_begins_{0};
  std::vector<std::string_view> external_names_;
  std::vector<Team> teams_;
};

}  // namespace migplan
