// Every kind of file that lint reads. The first byte chooses the name, and so the reader.
#include <array>

#include "migplan/load/manifests_reader.hpp"
#include "property.hpp"

namespace {

using namespace migplan;

constexpr std::array<const char*, 9> kNames{"in.yaml",           "in.json",          "logback.xml",
                                            "log4j2.properties", "log4j2.yaml",      "kustomization.yaml",
                                            "values-prod.yaml",  "application.yaml", "application.properties"};

LintPolicy policy() {
  LintPolicy policy;
  policy.min_available = Count::whole(2);
  policy.log_fields = {"trace_id", "service_name", "level"};
  policy.environments = {"prod"};
  return policy;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const char* const name = kNames[data[0] % kNames.size()];
  TextSource source(fuzz::text_of(data + 1, size - 1));
  std::vector<ManifestFile> files;
  files.push_back(read_manifest_file(source, name, ManifestRole::Named));
  const LintCounts counts = files.front().counts;
  fuzz::require(counts.templates + counts.broken <= counts.documents, "what is passed over is a document");
  LintMaterial material = lint_material(std::move(files));
  fuzz::require_complete(material.issues);
  for (const IgnoreComment& comment : material.ignores) {
    fuzz::require(comment.first_line != 0 && !comment.exemption.reason.empty(), "an ignore comment is complete");
  }
  const LintChecks found = lint_checks(material.input, policy());
  for (std::size_t i = 0; i < found.checks.size(); ++i) {
    const Check& check = found.checks[i];
    fuzz::require(!check.message.empty() && !found.details.at(i).object.empty(), "a check says what and why");
    fuzz::require(check.source.file == name, "a check has its place", check.message.english());
  }
  return 0;
}
