#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "migplan/merge/merging.hpp"

namespace migplan {

// Which service each name of the reports is, decided once a name.
class NamedLandscape {
 public:
  using ServiceId = std::uint32_t;  // of the inventory's services first, then new ones by name

  // Adds to `out`: names that match nothing on either side, nodes that are left out, new services, refused names.
  NamedLandscape(const MergeInput& input, Merged& out);

  [[nodiscard]] std::optional<ServiceId> service(std::string_view theirs) const;
  [[nodiscard]] std::string_view name(ServiceId id) const noexcept { return names_[id]; }
  [[nodiscard]] std::size_t size() const noexcept { return names_.size(); }
  // Where it stands in the text of the inventory; none of new ones.
  [[nodiscard]] std::optional<TextIndex> node(ServiceId id) const noexcept;
  // Whether the name matched nothing, so that it may be another name of a service of ours: no node that is left out,
  // unless it is only known not to be known.
  [[nodiscard]] bool may_be_ours(std::string_view theirs) const;
  // One more entry of a graph went with a node that is left out.
  void count_call(std::string_view theirs);
  void finish();  // hands the counts over

 private:
  struct Entry {
    std::string_view name;
    const NamedReport* report;
    EndpointKind kind = EndpointKind::Service;
    std::optional<ServiceId> service{};
    std::string ours{};  // of a new one, until it has a number
    std::string kind_name{}, why{};
    bool is_left_out = false;
    std::uint64_t calls = 0;
  };

  void collect();
  void meet(std::string_view name, EndpointKind kind, const NamedReport& report);
  void resolve(Entry& entry);
  void leave_out(Entry& entry, std::string_view kind, std::string why);
  void number_new_ones();
  void list_unmatched();
  void list_ours();

  const MergeInput& input_;
  Merged& out_;
  NameIndex known_;
  std::optional<NameMatcher> matcher_;
  std::vector<std::string_view> names_;
  std::vector<Entry> entries_;
  std::unordered_map<std::string_view, std::size_t> by_name_;
};

}  // namespace migplan
