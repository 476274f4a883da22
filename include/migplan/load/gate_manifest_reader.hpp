#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "migplan/base/result.hpp"
#include "migplan/load/byte_source.hpp"
#include "migplan/verification/gate.hpp"

namespace migplan {

// A file of evidence, as a manifest or the command line names it.
struct EvidenceFile {
  std::string path;
  Position at{};  // in the manifest
};

// Where the evidence of one side of an admission test is.
struct SideManifest {
  std::vector<EvidenceFile> load_test, memory, grpc;
  std::vector<EvidenceFile> any;  // of what they are decides their content
  GateSide stated;                // numbers that stand in the manifest itself
};

struct ServiceManifest {
  std::string service;
  std::vector<std::string> aliases;  // what evidence may call it besides
  std::string file;                  // the manifest; empty = the command line
  Position at{};                     // of its name
  SideManifest baseline, candidate;
};

// A manifest of evidence, YAML or JSON: of one service, or of several under `services`, in the file's order. Paths are
// as they stand there, relative to the manifest.
[[nodiscard]] Result<std::vector<ServiceManifest>> read_gate_manifest(ByteSource& source, std::string_view name);

// Puts the services of all manifests into the order of their names; an error for each that stands there twice.
[[nodiscard]] Issues sort_by_service(std::vector<ServiceManifest>& manifests);

}  // namespace migplan
