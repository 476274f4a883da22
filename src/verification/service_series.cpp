#include "migplan/verification/service_series.hpp"
#include "migplan/base/ascii.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <set>

#include "counter_increase.hpp"

namespace migplan {
namespace {

using Names = std::span<const std::string_view>;
using Series = MetricSamples::Series;

// Dots and underscores are the same.
constexpr std::array<std::string_view, 5> kNamingLabels{"service.name", "service", "app", "application",
                                                        "app.kubernetes.io.name"};
constexpr std::array<std::string_view, 6> kContainerLabels{
    "container", "container.name", "k8s.container.name", "k8s.deployment.name", "deployment", "k8s.statefulset.name"};
constexpr std::array<std::string_view, 3> kPodLabels{"pod", "pod.name", "k8s.pod.name"};

enum class Owner : std::uint8_t { Unnamed, Ours, Other };

bool is_one_of(std::string_view found, Names names) noexcept {
  if (const auto slash = found.rfind('/'); slash != std::string_view::npos) found.remove_prefix(slash + 1);
  return std::any_of(names.begin(), names.end(), [found](std::string_view name) {
    return std::equal(found.begin(), found.end(), name.begin(), name.end(),
                      [](char a, char b) { return lower(a) == lower(b); });
  });
}

Owner owner_by_label(const MetricSamples& all, const Series& series, Names names, std::set<std::string>& others) {
  std::string_view named;
  for (const std::string_view label : kNamingLabels) {
    const auto value = label_named(all, series, {&label, 1});
    if (!value || value->empty()) continue;
    if (is_one_of(*value, names)) return Owner::Ours;
    if (named.empty()) named = *value;
  }
  if (named.empty()) return Owner::Unnamed;
  others.emplace(named);
  return Owner::Other;
}

bool is_container_of(const MetricSamples& all, const Series& series, Names names) {
  for (const std::string_view label : kContainerLabels) {
    if (is_one_of(label_named(all, series, {&label, 1}).value_or(""), names)) return true;
  }
  const std::string_view pod = label_named(all, series, kPodLabels).value_or("");
  return std::any_of(names.begin(), names.end(), [pod](std::string_view name) { return is_pod_of(pod, name); });
}

void append(MetricSamples& samples, const MetricSamples& all, const Series& series) {
  samples.add_series(series.name, series.type, series.at).is_delta = series.is_delta;
  for (const MetricLabel& label : all.labels(series)) samples.add_label(label.name, label.value);
  for (const MetricPoint& point : all.points(series)) samples.add_point(point);
}

bool is_made_up(std::string_view suffix, std::size_t least, std::size_t most) noexcept {
  constexpr std::string_view kSafe = "bcdfghjklmnpqrstvwxz2456789";
  return suffix.size() >= least && suffix.size() <= most && suffix.find_first_not_of(kSafe) == std::string_view::npos;
}

bool is_number(std::string_view suffix) noexcept {
  return !suffix.empty() && suffix.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

bool is_pod_of(std::string_view pod, std::string_view workload) noexcept {
  if (!pod.starts_with(workload) || pod.size() <= workload.size() || pod[workload.size()] != '-') return false;
  const std::string_view suffix = pod.substr(workload.size() + 1);
  constexpr std::size_t kPodSuffix = 5, kLeastTemplateHash = 6, kGreatestTemplateHash = 10;
  const auto dash = suffix.find('-');
  if (dash == std::string_view::npos) return is_number(suffix) || is_made_up(suffix, kPodSuffix, kPodSuffix);
  return is_made_up(suffix.substr(0, dash), kLeastTemplateHash, kGreatestTemplateHash) &&
         is_made_up(suffix.substr(dash + 1), kPodSuffix, kPodSuffix);
}

ServiceSeries series_of(const MetricSamples& all, std::span<const std::string_view> names) {
  ServiceSeries result;
  result.samples.file = all.file;
  std::vector<Owner> owners;
  std::set<std::string> others;
  bool has_ours = false, has_containers = false;
  for (const Series& series : all.series()) {
    owners.push_back(owner_by_label(all, series, names, others));
    has_ours = has_ours || owners.back() == Owner::Ours;
    has_containers = has_containers || is_container_of(all, series, names);
  }
  result.others.assign(others.begin(), others.end());
  result.is_foreign = !has_ours && !others.empty();
  if (result.is_foreign) return result;
  for (std::size_t i = 0; i < owners.size(); ++i) {
    const Series& series = all.series()[i];
    const bool is_ours = has_ours         ? owners[i] == Owner::Ours || (owners[i] == Owner::Unnamed && others.empty())
                         : has_containers ? is_container_of(all, series, names)
                                          : true;
    if (is_ours) append(result.samples, all, series);
  }
  return result;
}

}  // namespace migplan
