#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "migplan/model/verification_policy.hpp"
#include "migplan/verification/check.hpp"
#include "migplan/verification/log_output.hpp"
#include "migplan/verification/manifest.hpp"

namespace migplan {

// Ids of the seven anti-patterns (models.md section 9); the last has two, since an exemption from client certificates
// is none from TLS.
inline constexpr std::array<std::string_view, 8> kLintRules{
    "lint-password", "lint-processes", "lint-exec", "lint-values",
    "lint-logs",     "lint-budget",    "lint-tls",  "lint-client-certificates"};

// What rules say of objects: findings, and that there is none. There may be many: each part in memory of its own, so
// that they are shown from where they were found.
struct LintChecks {
  std::vector<Check> checks;
  std::vector<CheckDetail> details;  // one a check
};

// A values file of a Helm chart.
struct ValuesFile {
  std::string file;                    // its name
  std::vector<EnvVariable> variables;  // what in it has the shape of an environment variable
  EvidencePlace place;
};
struct HelmChart {
  std::string name;    // of the chart, or of the folder
  std::string folder;  // for messages
  std::vector<ValuesFile> values;
};

// What was read.
struct LintCounts {
  std::size_t files = 0;
  std::size_t documents = 0;  // that are not empty
  std::size_t objects = 0;    // Kubernetes objects that a rule looks at
  std::size_t templates = 0;  // documents that are no YAML before they are rendered
  std::size_t others = 0;     // documents that are nothing that a rule looks at
  std::size_t broken = 0;     // documents that could not be read
  void add(const LintCounts& other) noexcept;
};

// A document that speaks of a PodDisruptionBudget and could not be read, such as a template before it is rendered.
struct UnreadBudget {
  EvidencePlace place;
  std::string folder;  // that it is for: the chart's, else its own; empty = everything
};

struct LintInput {
  std::vector<ManifestSet> sets;
  std::vector<HelmChart> charts;
  std::vector<LoggingConfig> logging;
  std::vector<UnreadBudget> unread_budgets{};
  // Whether a budget is asked of a service; empty = of every one.
  std::function<bool(std::string_view service)> is_critical{};
};

// Everything that the rules say, in the order of files and places, each thing once: what several overlays have in
// common is judged in each of them and said once, with the overlays where it is not true of all.
[[nodiscard]] LintChecks lint_checks(const LintInput& input, const LintPolicy& policy);

}  // namespace migplan
