#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "migplan/load/manifests_reader.hpp"
#include "migplan/verification/lint.hpp"

namespace migplan::linting {

inline LintPolicy policy() {
  LintPolicy policy;
  policy.min_available = Count::whole(2);
  policy.log_fields = {"trace_id", "service_name", "level"};
  policy.environments = {"dev", "stage", "prod"};
  return policy;
}

inline ManifestFile read(const std::string& text, const std::string& name = "in.yaml",
                         ManifestRole role = ManifestRole::Named) {
  TextSource source(text);
  return read_manifest_file(source, name, role);
}

inline std::string told(const Issues& issues) {
  std::string out;
  for (const Issue& issue : issues.kept()) out += to_string(issue) + "\n";
  return out;
}

using Texts = std::vector<std::pair<std::string, std::string>>;

inline LintMaterial material(const Texts& files) {
  std::vector<ManifestFile> read;
  for (const auto& [name, text] : files) {
    TextSource source(text);
    read.push_back(read_manifest_file(source, name, ManifestRole::InFolder));
  }
  return lint_material(std::move(read));
}

// What was said, and what of it.
struct LintCheck {
  Check check;
  CheckDetail detail;
};
inline std::vector<LintCheck> checked(const LintInput& input, const LintPolicy& by = policy()) {
  LintChecks all = lint_checks(input, by);
  std::vector<LintCheck> out;
  for (std::size_t i = 0; i < all.checks.size(); ++i) {
    out.push_back({std::move(all.checks[i]), std::move(all.details.at(i))});
  }
  return out;
}

// "shop.yaml:4 lint-budget Deployment shop: no PodDisruptionBudget …", of everything that did not pass.
inline std::vector<std::string> findings(const Texts& files, const LintPolicy& by = policy()) {
  std::vector<std::string> out;
  for (const LintCheck& one : checked(material(files).input, by)) {
    if (one.check.verdict == Verdict::Pass) continue;
    out.push_back(one.check.source.file + ":" + std::to_string(one.check.source.at.line) + " " +
                  std::string(one.check.rule) + " " + one.detail.object + ": " + one.check.message.english());
  }
  return out;
}

}  // namespace migplan::linting
