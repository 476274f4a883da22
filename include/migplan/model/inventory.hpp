#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "migplan/base/block_arena.hpp"
#include "migplan/base/result.hpp"
#include "migplan/base/text_arena.hpp"
#include "migplan/model/name_index.hpp"
#include "migplan/model/service.hpp"

namespace migplan {

struct Team {
  std::string_view name;
  Stated<Count> squads;
  Position at{};
  std::uint32_t number = 0;  // its place in the file's list
  std::uint32_t file = 0;
};

// Whether each service's profile is kept: a million of them take 100 MB that scores have no use for.
enum class Profiles : std::uint8_t { Kept, LeftOut };

// Services as a reader found them, in order, not yet checked against each other. Parts are filled independently of each
// other, one a file or one a piece of a large file.
class InventoryPart {
 public:
  InventoryPart() = default;
  // `file`: index into the files of the inventory.
  explicit InventoryPart(std::uint32_t file, Profiles profiles = Profiles::Kept) noexcept
      : file_(file), profiles_kept_(profiles) {}

  // The arena keeps every text that services of this part point to.
  [[nodiscard]] TextArena& arena() noexcept { return arena_; }
  [[nodiscard]] bool keeps_profiles() const noexcept { return profiles_kept_ == Profiles::Kept; }
  void add(const Service& service, std::span<const Dependency> depends_on, std::span<const std::string_view> stack,
           const ServiceProfile& profile = {});
  // For Service::details.
  [[nodiscard]] const ServiceDetails* keep(ServiceDetails details) { return &details_.emplace(std::move(details)); }
  void add(Team team);
  [[nodiscard]] std::size_t size() const noexcept { return size_; }

 private:
  friend class InventoryAssembly;
  [[nodiscard]] std::span<const std::string_view> keep_shared(std::span<const std::string_view> tags);

  static constexpr std::size_t kRecent = 256;
  std::uint32_t file_ = 0;
  Profiles profiles_kept_ = Profiles::Kept;
  TextArena arena_;
  BlockArena<Service> services_;
  BlockArena<ServiceProfile> profiles_;
  BlockArena<Dependency> dependencies_;
  BlockArena<std::string_view> tags_;
  std::vector<std::span<const std::string_view>> recent_tags_;  // kRecent, or none yet
  BlockArena<ServiceDetails> details_;
  std::size_t size_ = 0;  // of services
  std::vector<Team> teams_;
};

// Services of a part that stand together in the inventory.
struct InventoryRun {
  std::size_t part = 0;
  std::size_t first = 0, count = 0;
};

// The services of an inventory in order, as a range.
class ServiceList {
 public:
  class Iterator {
   public:
    using iterator_category = std::forward_iterator_tag;
    using value_type = Service;
    using difference_type = std::ptrdiff_t;
    using pointer = const Service*;
    using reference = const Service&;
    Iterator() = default;
    explicit Iterator(const Service* const* at) noexcept : at_(at) {}
    reference operator*() const noexcept { return **at_; }
    pointer operator->() const noexcept { return *at_; }
    Iterator& operator++() noexcept {
      ++at_;
      return *this;
    }
    Iterator operator++(int) noexcept { return Iterator(at_++); }
    friend bool operator==(Iterator, Iterator) noexcept = default;

   private:
    const Service* const* at_ = nullptr;
  };

  explicit ServiceList(std::span<const Service* const> services) noexcept : services_(services) {}
  [[nodiscard]] Iterator begin() const noexcept { return Iterator(services_.data()); }
  [[nodiscard]] Iterator end() const noexcept { return Iterator(services_.data() + services_.size()); }
  [[nodiscard]] std::size_t size() const noexcept { return services_.size(); }
  [[nodiscard]] const Service& operator[](std::size_t i) const noexcept { return *services_[i]; }

 private:
  std::span<const Service* const> services_;
};

// A landscape of services: names are unique labels, every dependency resolves or is marked external, no service depends
// on itself. Immutable. Services stand in the order in which they were read.
class Inventory {
 public:
  // `files[service.file]` names where a service was read. Reports duplicate names with both places, dependencies that
  // do not resolve (with the nearest name), self-dependencies and repeated entries. Expected time linear in services
  // and dependencies. `threads` changes the time, never the result.
  [[nodiscard]] static Result<Inventory> create(std::vector<InventoryPart> parts, std::vector<std::string> files,
                                                unsigned threads = 1);
  // The same with the services in the order of `runs`, which cover each part once.
  [[nodiscard]] static Result<Inventory> create(std::vector<InventoryPart> parts, const std::vector<InventoryRun>& runs,
                                                std::vector<std::string> files, unsigned threads);

  Inventory(const Inventory&) = delete;  // services point into its parts
  Inventory& operator=(const Inventory&) = delete;
  Inventory(Inventory&&) noexcept = default;
  Inventory& operator=(Inventory&&) noexcept = default;
  ~Inventory() = default;

  [[nodiscard]] std::size_t size() const noexcept { return services_.size(); }
  [[nodiscard]] ServiceList services() const noexcept { return ServiceList(services_); }
  [[nodiscard]] const Service& operator[](ServiceIndex i) const noexcept { return *services_[i]; }
  [[nodiscard]] std::span<const Dependency> dependencies(ServiceIndex i) const noexcept {
    return services_[i]->depends_on;
  }
  [[nodiscard]] std::span<const std::string_view> stack(ServiceIndex i) const noexcept {
    return profile_of(*services_[i]).stack;
  }
  [[nodiscard]] std::span<const Team> teams() const noexcept { return teams_; }
  [[nodiscard]] std::span<const std::string> files() const noexcept { return files_; }
  // Whether any service has details.
  [[nodiscard]] bool has_details() const noexcept { return has_details_; }
  // The service of that name, in expected constant time.
  [[nodiscard]] std::optional<ServiceIndex> find(std::string_view name) const noexcept { return names_.find(name); }
  [[nodiscard]] std::string_view nearest(std::string_view name) const;
  // The path of one of a service's fields inside its file: services[12].impact.sla_30d, or impact.sla_30d where each
  // line is a service.
  [[nodiscard]] std::string path_of(ServiceIndex i, std::string_view field) const;

 private:
  friend class InventoryAssembly;
  Inventory() = default;

  std::vector<InventoryPart> parts_;
  std::vector<std::string> files_;
  std::vector<const Service*> services_;
  NameIndex names_;
  bool has_details_ = false;
  std::vector<Team> teams_;
};

// All services ordered by name: for results that must not depend on the order of files.
[[nodiscard]] std::vector<ServiceIndex> services_by_name(const Inventory& inventory);

}  // namespace migplan
