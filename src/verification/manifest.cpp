#include "migplan/verification/manifest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

namespace migplan {
namespace {

std::string_view space_of(const ObjectId& id) noexcept {
  return id.space.empty() ? std::string_view("default") : std::string_view(id.space);
}

bool is_met(const LabelRequirement& requirement, const Labels& labels) {
  const auto found = labels.find(requirement.key);
  const bool is_there = found != labels.end();
  if (requirement.op == "Exists") return is_there;
  if (requirement.op == "DoesNotExist") return !is_there;
  const bool is_listed = is_there && std::find(requirement.values.begin(), requirement.values.end(), found->second) !=
                                         requirement.values.end();
  if (requirement.op == "In") return is_listed;
  // A label that is not there is in no list.
  return requirement.op == "NotIn" && !is_listed;
}

// Of many sets at once, so that what is large is moved once and memory is taken for it once.
template <class T>
void append_to(ManifestSet& set, std::vector<T> ManifestSet::*list, std::span<ManifestSet* const> others) {
  std::vector<T>& all = set.*list;
  if (all.empty() && others.size() == 1) {
    all = std::move(others.front()->*list);
    return;
  }
  std::size_t count = all.size();
  for (const ManifestSet* const other : others) count += (other->*list).size();
  if (count > all.capacity()) all.reserve(std::max(count, 2 * all.capacity()));
  for (ManifestSet* const other : others) {
    std::move((other->*list).begin(), (other->*list).end(), std::back_inserter(all));
  }
}

}  // namespace

std::string to_string(const ObjectId& id) {
  return id.space.empty() ? fmt::format("{} {}", id.kind, id.name)
                          : fmt::format("{} {}/{}", id.kind, id.space, id.name);
}

bool is_called(const ObjectId& id, std::string_view name) noexcept {
  return id.name == name || std::find(id.former_names.begin(), id.former_names.end(), name) != id.former_names.end();
}

bool is_same_space(const ObjectId& a, const ObjectId& b) noexcept { return space_of(a) == space_of(b); }

bool is_match(const LabelSelector& selector, const Labels& labels) {
  const auto has = [&labels](const auto& wanted) {
    const auto found = labels.find(wanted.first);
    return found != labels.end() && found->second == wanted.second;
  };
  return std::all_of(selector.labels.begin(), selector.labels.end(), has) &&
         std::all_of(selector.requirements.begin(), selector.requirements.end(),
                     [&labels](const LabelRequirement& requirement) { return is_met(requirement, labels); });
}

std::int64_t pods(PodCount count, std::int64_t of) noexcept {
  if (!count.is_percent) return count.value;
  constexpr std::int64_t kMost = 1'000'000'000;  // beyond any cluster, and no product overflows
  return (std::min(count.value, kMost) * std::min(of, kMost) + 99) / 100;
}

void ManifestSet::append(ManifestSet other) {
  ManifestSet* const one = &other;
  append(std::span<ManifestSet* const>(&one, 1));
}

void ManifestSet::append(std::span<ManifestSet* const> others) {
  append_to(*this, &ManifestSet::workloads, others);
  append_to(*this, &ManifestSet::budgets, others);
  append_to(*this, &ManifestSet::autoscalers, others);
  append_to(*this, &ManifestSet::config_maps, others);
  append_to(*this, &ManifestSet::entrances, others);
  append_to(*this, &ManifestSet::redirects, others);
  append_to(*this, &ManifestSet::tls_options, others);
  append_to(*this, &ManifestSet::redirect_middlewares, others);
  append_to(*this, &ManifestSet::roles, others);
  append_to(*this, &ManifestSet::bindings, others);
  append_to(*this, &ManifestSet::audits, others);
  append_to(*this, &ManifestSet::gaps, others);
}

std::size_t ManifestSet::size() const noexcept {
  return workloads.size() + budgets.size() + autoscalers.size() + config_maps.size() + entrances.size() +
         redirects.size() + tls_options.size() + redirect_middlewares.size() + roles.size() + bindings.size() +
         audits.size();
}

}  // namespace migplan
