#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "migplan/base/result.hpp"
#include "migplan/load/byte_source.hpp"
#include "migplan/load/evidence_reader.hpp"
#include "migplan/load/gate_manifest_reader.hpp"
#include "migplan/verification/gate.hpp"

namespace migplan {

struct EvidenceSource {
  std::string path;  // as manifests name it, and messages
  std::unique_ptr<ByteSource> bytes;
};

// What files hold, by path.
using EvidenceFiles = std::map<std::string, Evidence, std::less<>>;

// Reads each source by one thread, taken in turn; problems come in the order of the sources. Warnings stand beside the
// evidence.
[[nodiscard]] Result<EvidenceFiles> read_evidence_files(std::vector<EvidenceSource> sources, unsigned threads);

// The paths that a manifest names, each once.
[[nodiscard]] std::vector<std::string> evidence_paths(const ServiceManifest& manifest);

// What the files and the numbers of a manifest come to; `files` has all that it names. Errors: a file of another kind
// than it is named for, metrics of other services only. Warnings: metrics that hold nothing of what they are named for.
[[nodiscard]] Result<GateEvidence> gate_evidence(const ServiceManifest& manifest, const EvidenceFiles& files);

}  // namespace migplan
