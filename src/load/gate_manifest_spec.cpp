#include "gate_manifest_spec.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "field_store.hpp"
#include "migplan/base/decimal.hpp"

namespace migplan {
namespace {

using namespace fields;

// Load tests and counters outgrow the counts of an inventory.
constexpr std::int64_t kMostCalls = 1'000'000'000'000'000;

void finish_load(void* owner, FieldReader& reader) {
  auto& load = *static_cast<Facet<StatedLoad>*>(owner);
  load.at = reader.map_position();
  const StatedLoad& numbers = load.numbers;
  if (reader.has_key("requests") != reader.has_key("failed")) {
    const bool has_requests = reader.has_key("requests");
    reader.reject(load.at,
                  fmt::format("load test has {} without {}", has_requests ? "requests" : "failed",
                              has_requests ? "failed" : "requests"),
                  has_requests ? "how many of them failed? 0 is a number, too" : "");
  }
  if (numbers.requests && *numbers.requests <= Count{}) reader.reject_field("requests", "found 0, expected more");
  if (numbers.requests && numbers.failed > numbers.requests) {
    reader.reject_field("failed", fmt::format("found {}, expected no more than the {} requests",
                                              trimmed(*numbers.failed), trimmed(*numbers.requests)));
  }
}

constexpr auto kLoadFields = std::array{
    required(value<&Facet<StatedLoad>::numbers, &StatedLoad::tps>(
        "tps", "Requests a second: of all requests where requests and failed are stated, else of those that succeed.")),
    within(value<&Facet<StatedLoad>::numbers, &StatedLoad::requests>("requests", "Requests, failed ones included."), 0,
           kMostCalls),
    within(value<&Facet<StatedLoad>::numbers, &StatedLoad::failed>("failed", "How many of them failed."), 0,
           kMostCalls),
};
constexpr MapSpec kLoad{"load test", kLoadFields, finish_load};

void finish_memory(void* owner, FieldReader& reader) {
  auto& memory = *static_cast<Facet<StatedMemory>*>(owner);
  memory.at = reader.map_position();
  const StatedMemory& numbers = memory.numbers;
  bool has_any = false;
  for (const auto& [key, size] :
       {std::pair{"resident_peak_bytes", numbers.resident_peak}, std::pair{"heap_peak_bytes", numbers.heap_peak},
        std::pair{"live_heap_bytes", numbers.live_heap}}) {
    has_any = has_any || reader.has_key(key);
    if (size && *size <= Bytes{}) reader.reject_field(key, "found 0, expected more");
  }
  if (!has_any)
    reader.reject(memory.at, "memory has no number", "known: resident_peak_bytes, heap_peak_bytes, live_heap_bytes");
}

constexpr auto kMemoryFields = std::array{
    value<&Facet<StatedMemory>::numbers, &StatedMemory::resident_peak>(
        "resident_peak_bytes",
        "Peak of the resident memory: VmHWM, the cgroup's memory.peak, the working set over time."),
    value<&Facet<StatedMemory>::numbers, &StatedMemory::heap_peak>(
        "heap_peak_bytes", "Peak of the used heap: before collections, or over time."),
    value<&Facet<StatedMemory>::numbers, &StatedMemory::live_heap>(
        "live_heap_bytes", "Heap after a collection: class histogram, inuse_space."),
};
constexpr MapSpec kMemory{"memory", kMemoryFields, finish_memory};

void finish_calls(void* owner, FieldReader& reader) {
  auto& grpc = *static_cast<Facet<StatedCalls>*>(owner);
  grpc.at = reader.map_position();
  const StatedCalls& numbers = grpc.numbers;
  const Count ended = numbers.unavailable + numbers.deadline_exceeded;
  const bool is_whole = reader.has_key("calls") && reader.has_key("unavailable") && reader.has_key("deadline_exceeded");
  if (!is_whole || ended <= numbers.calls) return;
  reader.reject_field("calls", fmt::format("found {}, expected no fewer than the {} that ended UNAVAILABLE or "
                                           "DEADLINE_EXCEEDED",
                                           trimmed(numbers.calls), trimmed(ended)));
}

constexpr FieldSpec counted(FieldSpec field) { return required(within(field, 0, kMostCalls)); }

constexpr auto kCallsFields = std::array{
    counted(value<&Facet<StatedCalls>::numbers, &StatedCalls::calls>("calls", "All gRPC calls.")),
    counted(
        value<&Facet<StatedCalls>::numbers, &StatedCalls::unavailable>("unavailable", "Calls that ended UNAVAILABLE.")),
    counted(value<&Facet<StatedCalls>::numbers, &StatedCalls::deadline_exceeded>(
        "deadline_exceeded", "Calls that ended DEADLINE_EXCEEDED.")),
};
constexpr MapSpec kCalls{"grpc", kCallsFields, finish_calls};

// A path, a list of paths, or numbers.
template <auto Member>
constexpr FieldSpec facet(std::string_view key, std::string_view description, const MapSpec& numbers) {
  FieldSpec field = map<Member>(key, description, numbers);
  field.takes_single = true;
  field.takes_list = true;
  field.assign = [](void* owner, std::string_view, const Scalar& found, const FieldSpec& spec, FieldReader& reader) {
    const auto path = read_text(found, spec, reader);
    if (!path) return;
    if (path->empty()) reader.reject(found.at, "found an empty text, expected a path");
    follow<Member>(*static_cast<OwnerOf<Member>*>(owner)).files.push_back({std::string(*path), found.at});
  };
  return field;
}

constexpr auto kSideFields = std::array{
    facet<&EvidenceSideDraft::load_test>("load_test",
                                         "Output of a load generator: a file, a list of files, or numbers.", kLoad),
    facet<&EvidenceSideDraft::memory>("memory", "What was taken of memory: a file, a list of files, or numbers.",
                                      kMemory),
    facet<&EvidenceSideDraft::grpc>("grpc", "Metrics of gRPC calls: a file, a list of files, or numbers.", kCalls),
};
constexpr MapSpec kSide{"side", kSideFields};

// A file compared with itself shows nothing.
template <class Numbers>
void reject_shared(const Facet<Numbers>& before, const Facet<Numbers>& after, FieldReader& reader) {
  for (const EvidenceFile& file : after.files) {
    const auto found = std::find_if(before.files.begin(), before.files.end(),
                                    [&file](const EvidenceFile& other) { return other.path == file.path; });
    if (found == before.files.end()) continue;
    reader.reject(file.at,
                  fmt::format("{} is evidence of the baseline, too, at line {}", in_quotes(file.path), found->at.line));
  }
}

void check_service(EvidenceServiceDraft& draft, FieldReader& reader) {
  draft.at = reader.key_position("service");
  reject_shared(draft.baseline.load_test, draft.candidate.load_test, reader);
  reject_shared(draft.baseline.memory, draft.candidate.memory, reader);
  reject_shared(draft.baseline.grpc, draft.candidate.grpc, reader);
}

void finish_service(void* owner, FieldReader& reader) {
  check_service(*static_cast<EvidenceServiceDraft*>(owner), reader);
}

constexpr std::string_view kServiceText = "The service that is tested.";
constexpr std::string_view kAliasesText = "What metrics call the service, where that is another name.";
constexpr std::string_view kBaselineText = "Evidence of the old service.";
constexpr std::string_view kCandidateText = "Evidence of the new service.";

constexpr FieldSpec one_or_more(FieldSpec field) {
  field.takes_single = true;
  return field;
}

constexpr auto kServiceFields = std::array{
    required(label<&EvidenceServiceDraft::service>("service", kServiceText)),
    one_or_more(list<&EvidenceServiceDraft::aliases>("aliases", kAliasesText)),
    map<&EvidenceServiceDraft::baseline>("baseline", kBaselineText, kSide),
    map<&EvidenceServiceDraft::candidate>("candidate", kCandidateText, kSide),
};
constexpr MapSpec kService{"service", kServiceFields, finish_service};

void finish_manifest(void* owner, FieldReader& reader) {
  auto& draft = *static_cast<EvidenceDraft*>(owner);
  if (!reader.has_key("services")) {
    if (!reader.has_key("service")) reader.reject(reader.map_position(), "evidence has neither service nor services");
    check_service(draft.own, reader);
    return;
  }
  // No service would be no objection.
  if (draft.services.empty()) reader.reject_field("services", "found none, expected one or more");
  for (const std::string_view key : {"service", "aliases", "baseline", "candidate"}) {
    if (reader.has_key(key)) reader.reject_field(key, "stands beside services", "put it into one of them");
  }
}

constexpr auto kManifestFields = std::array{
    schema(kEvidenceSchema),
    label<&EvidenceDraft::own, &EvidenceServiceDraft::service>("service", kServiceText),
    one_or_more(list<&EvidenceDraft::own, &EvidenceServiceDraft::aliases>("aliases", kAliasesText)),
    map<&EvidenceDraft::own, &EvidenceServiceDraft::baseline>("baseline", kBaselineText, kSide),
    map<&EvidenceDraft::own, &EvidenceServiceDraft::candidate>("candidate", kCandidateText, kSide),
    map_list<&EvidenceDraft::services>("services", "Several services in place of one.", kService),
};
constexpr MapSpec kManifest{"evidence", kManifestFields, finish_manifest};

}  // namespace

const MapSpec& gate_manifest_spec() noexcept { return kManifest; }

}  // namespace migplan
