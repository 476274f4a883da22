#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <string>

#include "counter_increase.hpp"
#include "migplan/verification/metric_facts.hpp"

namespace migplan {
namespace {

struct MemoryMetric {
  std::string_view base;          // "_bytes" may follow
  std::string_view heap_label{};  // must have the value heap
  bool is_of_cadvisor = false;
};

constexpr std::array<MemoryMetric, 6> kResident{{
    {"container_memory_working_set", "", true},
    {"k8s.pod.memory.working_set"},
    {"container_memory_rss", "", true},
    {"k8s.pod.memory.rss"},
    {"process_resident_memory"},
    {"process.memory.usage"},
}};
constexpr std::array<MemoryMetric, 5> kHeap{{
    {"jvm_memory_used", "area"},
    {"jvm.memory.used", "jvm.memory.type"},
    {"jvm_memory_bytes_used", "area"},
    {"process.runtime.jvm.memory.usage", "type"},
    {"go_memstats_heap_inuse"},
}};

// Labels that tell the pools of one heap apart.
constexpr std::array<std::string_view, 3> kPoolLabels{"id", "pool", "jvm.memory.pool.name"};

// cAdvisor tells memory of whole pods, of their pause containers and of the machine under the same name. Only of a
// container has it a name, which Kubernetes gives as `container`, too.
bool is_no_single_container(const MetricSamples& samples, const MetricSamples::Series& series) noexcept {
  const std::string_view container = samples.label(series, "container").value_or("");
  const std::string_view name = samples.label(series, "name").value_or("");
  const bool is_of_group = samples.label(series, "id").has_value();
  return container == "POD" || (is_of_group && container.empty() && name.empty());
}

bool is_of(const MemoryMetric& metric, const MetricSamples& samples, const MetricSamples::Series& series) noexcept {
  constexpr std::string_view kUnit = "_bytes";
  std::string_view name = series.name;
  if (!is_same_name(name, metric.base)) {
    if (!name.ends_with(kUnit)) return false;
    name.remove_suffix(kUnit.size());
    if (!is_same_name(name, metric.base)) return false;
  }
  if (metric.heap_label.empty()) return true;
  return label_named(samples, series, {&metric.heap_label, 1}).value_or("") == "heap";
}

// One after the other of a process or container: its points, pools added up.
struct Course {
  const MetricSamples::Series* first = nullptr;
  struct Sum {
    double size = 0;
    std::size_t pools = 0;
  };
  std::map<std::int64_t, Sum> sums;  // by time
};

std::string label_text(const MetricSamples& samples, const MetricSamples::Series& series, bool are_pools_added) {
  std::vector<std::string> texts;
  for (const MetricLabel& label : samples.labels(series)) {
    const bool is_pool = std::any_of(kPoolLabels.begin(), kPoolLabels.end(),
                                     [&label](std::string_view name) { return is_same_name(label.name, name); });
    if (!is_pool || !are_pools_added) texts.push_back(fmt::format("{}={}", label.name, label.value));
  }
  std::sort(texts.begin(), texts.end());
  return fmt::format("{}", fmt::join(texts, ", "));
}

using Courses = std::map<std::string, Course>;

Courses courses_of(const MetricSamples& samples, const MemoryMetric& metric) {
  const bool is_heap = !metric.heap_label.empty();
  Courses courses;
  for (const MetricSamples::Series& series : samples.series()) {
    if (!is_of(metric, samples, series)) continue;
    if (metric.is_of_cadvisor && is_no_single_container(samples, series)) continue;
    Course& course = courses[label_text(samples, series, is_heap)];
    if (course.first == nullptr) course.first = &series;
    for (const MetricPoint& point : samples.points(series)) {
      if (!is_count(point.value)) continue;
      Course::Sum& sum = course.sums[point.time_ms];
      sum.size += point.value;
      ++sum.pools;
    }
  }
  return courses;
}

struct Peak {
  const Course* course = nullptr;
  const std::string* labels = nullptr;
  double size = -1;
  std::uint64_t samples = 0;
};

// Times at which a pool is missing tell less than the whole.
Peak peak_of(const Courses& courses) {
  Peak peak;
  for (const auto& [labels, course] : courses) {
    std::size_t pools = 0;
    for (const auto& [time, sum] : course.sums) pools = std::max(pools, sum.pools);
    double size = -1;
    std::uint64_t samples = 0;
    for (const auto& [time, sum] : course.sums) {
      if (sum.pools != pools || !is_count(sum.size)) continue;
      size = std::max(size, sum.size);
      ++samples;
    }
    if (size > peak.size) peak = {&course, &labels, size, samples};
  }
  return peak;
}

MemoryReading reading_of(const MetricSamples& samples, const Courses& courses, const Peak& peak, MemoryKind over_time,
                         MemoryKind at_once) {
  MemoryReading reading;
  reading.place = {samples.file, peak.course->first->at, std::string(peak.course->first->name)};
  reading.kind = peak.samples > 1 ? over_time : at_once;
  reading.size = Bytes::from_steps(std::llround(peak.size));
  reading.samples = peak.samples;
  const std::int64_t first = peak.course->sums.begin()->first, last = peak.course->sums.rbegin()->first;
  if (first != MetricPoint::kNoTime) reading.began_ms = first;
  if (last != MetricPoint::kNoTime) reading.ended_ms = last;
  reading.note = peak.samples > 1 ? "greatest of the samples; peaks between them are not seen" : "one instant, no peak";
  if (courses.size() > 1) {
    reading.note += fmt::format("; the greatest of {} series: {}", courses.size(), printable(*peak.labels));
  }
  return reading;
}

std::optional<MemoryReading> greatest(const MetricSamples& samples, std::span<const MemoryMetric> metrics,
                                      MemoryKind over_time, MemoryKind at_once) {
  for (const MemoryMetric& metric : metrics) {
    const Courses courses = courses_of(samples, metric);
    const Peak peak = peak_of(courses);
    if (peak.course != nullptr) return reading_of(samples, courses, peak, over_time, at_once);
  }
  return std::nullopt;
}

}  // namespace

std::optional<MemoryReading> resident_memory(const MetricSamples& samples) {
  return greatest(samples, kResident, MemoryKind::ResidentPeak, MemoryKind::ResidentNow);
}

std::optional<MemoryReading> heap_memory(const MetricSamples& samples) {
  return greatest(samples, kHeap, MemoryKind::HeapPeak, MemoryKind::HeapNow);
}

}  // namespace migplan
