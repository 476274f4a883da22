#include "migplan/load/gate_manifest_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "document_reader.hpp"
#include "field_reader.hpp"
#include "gate_manifest_spec.hpp"
#include "migplan/base/decimal.hpp"

namespace migplan {
namespace {

// What a side's drafts say, with the places that a verdict names.
class SideMaker {
 public:
  SideMaker(std::string_view file, std::string_view side) : file_(file), side_(side) {}

  SideManifest operator()(EvidenceSideDraft draft) const {
    SideManifest side;
    if (draft.load_test.at.line != 0) side.stated.load_tests.push_back(load_test(draft.load_test));
    if (draft.memory.at.line != 0) side.stated.memory = memory(draft.memory);
    if (draft.grpc.at.line != 0) side.stated.grpc.push_back(grpc(draft.grpc));
    side.load_test = std::move(draft.load_test.files);
    side.memory = std::move(draft.memory.files);
    side.grpc = std::move(draft.grpc.files);
    return side;
  }

 private:
  [[nodiscard]] EvidencePlace place(Position at, std::string_view facet) const {
    return {std::string(file_), at, fmt::format("{}.{}", side_, facet)};
  }

  [[nodiscard]] LoadTest load_test(const Facet<StatedLoad>& facet) const {
    const StatedLoad& numbers = facet.numbers;
    LoadTest test;
    test.place = place(facet.at, "load_test");
    test.rate = numbers.tps;
    test.succeeded_rate = numbers.tps;
    if (numbers.requests && numbers.failed) {
      const Int128 all = numbers.requests->steps(), succeeded = all - numbers.failed->steps();
      test.requests = static_cast<std::uint64_t>(numbers.requests->steps());
      test.failed = static_cast<std::uint64_t>(numbers.failed->steps());
      test.succeeded_rate = RequestsPerSecond::from_steps(divide_half_up(numbers.tps->steps() * succeeded, all));
    }
    return test;
  }

  [[nodiscard]] std::vector<MemoryReading> memory(const Facet<StatedMemory>& facet) const {
    const StatedMemory& numbers = facet.numbers;
    std::vector<MemoryReading> readings;
    const auto add = [&](MemoryKind kind, const std::optional<Bytes>& size, std::string_view key) {
      if (!size) return;
      MemoryReading& reading = readings.emplace_back();
      reading.place = place(facet.at, fmt::format("memory.{}", key));
      reading.kind = kind;
      reading.size = *size;
    };
    add(MemoryKind::ResidentPeak, numbers.resident_peak, "resident_peak_bytes");
    add(MemoryKind::HeapPeak, numbers.heap_peak, "heap_peak_bytes");
    add(MemoryKind::LiveHeap, numbers.live_heap, "live_heap_bytes");
    return readings;
  }

  [[nodiscard]] GrpcCalls grpc(const Facet<StatedCalls>& facet) const {
    const auto count = [](Count stated) { return static_cast<std::uint64_t>(stated.steps()); };
    GrpcCalls calls;
    calls.place = place(facet.at, "grpc");
    calls.calls = count(facet.numbers.calls);
    calls.ended[static_cast<std::size_t>(GrpcStatus::Unavailable)] = count(facet.numbers.unavailable);
    calls.ended[static_cast<std::size_t>(GrpcStatus::DeadlineExceeded)] = count(facet.numbers.deadline_exceeded);
    return calls;
  }

  std::string_view file_, side_;
};

ServiceManifest manifest_of(EvidenceServiceDraft draft, std::string_view file, std::string_view path) {
  ServiceManifest manifest;
  manifest.baseline = SideMaker(file, fmt::format("{}baseline", path))(std::move(draft.baseline));
  manifest.candidate = SideMaker(file, fmt::format("{}candidate", path))(std::move(draft.candidate));
  manifest.service = std::move(draft.service);
  manifest.aliases = std::move(draft.aliases);
  manifest.file = file;
  manifest.at = draft.at;
  return manifest;
}

}  // namespace

Result<std::vector<ServiceManifest>> read_gate_manifest(ByteSource& source, std::string_view name) {
  EvidenceDraft draft;
  Issues issues;
  TextArena arena;
  FieldReader reader(gate_manifest_spec(), &draft, name, issues, arena);
  feed_document(source, reader);
  if (issues.has_errors()) return issues;
  std::vector<ServiceManifest> manifests;
  if (!draft.own.service.empty()) manifests.push_back(manifest_of(std::move(draft.own), name, ""));
  for (std::size_t i = 0; i < draft.services.size(); ++i) {
    manifests.push_back(manifest_of(std::move(draft.services[i]), name, fmt::format("services[{}].", i)));
  }
  return manifests;
}

Issues sort_by_service(std::vector<ServiceManifest>& manifests) {
  std::stable_sort(manifests.begin(), manifests.end(),
                   [](const ServiceManifest& a, const ServiceManifest& b) { return a.service < b.service; });
  Issues issues;
  for (std::size_t i = 1; i < manifests.size(); ++i) {
    const ServiceManifest &first = manifests[i - 1], &second = manifests[i];
    if (first.service != second.service) continue;
    issues.add({Severity::Error, second.file, second.at, "service",
                fmt::format("{} stands in the evidence twice, first at {}", second.service,
                            to_string(EvidencePlace{first.file, first.at, {}})),
                ""});
  }
  return issues;
}

}  // namespace migplan
