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

template <class T>
void append_to(std::vector<T>& all, std::vector<T>& more) {
  all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
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
  append_to(workloads, other.workloads);
  append_to(budgets, other.budgets);
  append_to(autoscalers, other.autoscalers);
  append_to(config_maps, other.config_maps);
  append_to(entrances, other.entrances);
  append_to(redirects, other.redirects);
  append_to(tls_options, other.tls_options);
  append_to(redirect_middlewares, other.redirect_middlewares);
  append_to(roles, other.roles);
  append_to(bindings, other.bindings);
  append_to(audits, other.audits);
  append_to(gaps, other.gaps);
}

std::size_t ManifestSet::size() const noexcept {
  return workloads.size() + budgets.size() + autoscalers.size() + config_maps.size() + entrances.size() +
         redirects.size() + tls_options.size() + redirect_middlewares.size() + roles.size() + bindings.size() +
         audits.size();
}

}  // namespace migplan
