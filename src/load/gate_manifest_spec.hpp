#pragma once

#include <optional>
#include <string>
#include <vector>

#include "field_spec.hpp"
#include "migplan/load/gate_manifest_reader.hpp"

namespace migplan {

// Numbers of a load test that somebody states.
struct StatedLoad {
  std::optional<RequestsPerSecond> tps;
  std::optional<Count> requests, failed;
};
struct StatedMemory {
  std::optional<Bytes> resident_peak, heap_peak, live_heap;
};
struct StatedCalls {
  Count calls, unavailable, deadline_exceeded;
};

// Files, or numbers in their place.
template <class Numbers>
struct Facet {
  std::vector<EvidenceFile> files;
  Numbers numbers;
  Position at;  // of the numbers; none = there are files, or nothing
};

struct EvidenceSideDraft {
  Facet<StatedLoad> load_test;
  Facet<StatedMemory> memory;
  Facet<StatedCalls> grpc;
};

struct EvidenceServiceDraft {
  std::string service;
  std::vector<std::string> aliases;
  Position at;
  EvidenceSideDraft baseline, candidate;
};

struct EvidenceDraft {
  EvidenceServiceDraft own;
  std::vector<EvidenceServiceDraft> services;
};

inline constexpr std::string_view kEvidenceSchema = "migplan/evidence/v1";
[[nodiscard]] const MapSpec& gate_manifest_spec() noexcept;  // target: EvidenceDraft

}  // namespace migplan
