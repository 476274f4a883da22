#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "migplan/load/byte_source.hpp"
#include "migplan/model/ignore_comment.hpp"
#include "migplan/verification/kustomization.hpp"
#include "migplan/verification/lint.hpp"

namespace migplan {

struct LogElement;

// How a file came to be read: what is meant to be one of ours must be readable.
enum class ManifestRole : std::uint8_t { Named, InFolder };

// A configuration of Logback, Log4j 2 or Spring Boot, as far as there is one.
struct LoggingFile {
  std::string name;                           // of the file, as it is shown
  std::string object;                         // the ConfigMap and its key, where it stands in one
  std::string owner;                          // the service of that ConfigMap
  std::string application;                    // spring.application.name
  std::shared_ptr<const LogElement> logging;  // the root of a configuration
  std::vector<LogOutput> outputs;             // that Spring Boot's own properties state
};

// What stands in one file, of whichever kind: Kubernetes objects in YAML or JSON, a kustomization, a chart or its
// values, a configuration of logs.
struct ManifestFile : LoggingFile {
  ManifestSet objects;
  std::vector<PathEdit> edits;  // of a JSON patch
  std::vector<Kustomization> kustomizations;
  std::optional<std::string> chart;                   // the name in Chart.yaml
  std::optional<std::vector<EnvVariable>> values;     // of a values file
  std::optional<std::vector<std::string>> json_keys;  // of a JSON document that could be a template of log lines
  std::vector<LoggingFile> embedded;                  // that stand in ConfigMaps
  std::vector<Position> unread_budgets;               // documents that speak of budgets and could not be read
  std::vector<IgnoreComment> ignores;
  LintCounts counts;
  Issues issues;  // a fault in one document leaves the others
};
[[nodiscard]] ManifestFile read_manifest_file(ByteSource& source, std::string_view name, ManifestRole role);
// Whether a file of a folder could hold any of that, by its name.
[[nodiscard]] bool is_manifest_name(std::string_view path) noexcept;

// Files read on several threads, each by one of them. `open` is called from any.
struct ManifestSource {
  std::string name;
  ManifestRole role = ManifestRole::Named;
  std::function<Result<std::unique_ptr<ByteSource>>()> open;
};
[[nodiscard]] std::vector<ManifestFile> read_manifest_files(const std::vector<ManifestSource>& sources,
                                                            unsigned threads);

// The files that generators of kustomizations take in, by normalised path.
struct GeneratorFiles {
  std::map<std::string, std::string> texts;
  std::vector<IgnoreComment> ignores;  // of those that are no manifest files
  Issues issues;
};
// `open` is asked for each of them once; nullopt = it is not among the files.
using OpenFile = std::function<std::optional<Result<std::unique_ptr<ByteSource>>>(const std::string& path)>;
[[nodiscard]] GeneratorFiles read_generator_files(const std::vector<ManifestFile>& files, const OpenFile& open);

// All files together: overlays built, values files by their charts, includes of logging configurations resolved.
struct LintMaterial {
  LintInput input;
  std::vector<IgnoreComment> ignores;
  LintCounts counts;
  Issues issues;  // in the order of the files
};
[[nodiscard]] LintMaterial lint_material(std::vector<ManifestFile> files, GeneratorFiles generated = {});

}  // namespace migplan
