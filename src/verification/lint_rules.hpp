#pragma once

// The rules behind lint.hpp, one a file. Each adds what it says of every object that it concerns: failures, or one
// pass.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "migplan/verification/lint.hpp"

namespace migplan {

// One thing that a rule says of one object.
struct LintRow {
  Check& check;
  CheckDetail& detail;
};

// What the rules said so far, and of which object each of it.
struct LintRows {
  struct Origin {
    const EvidencePlace* owner;  // of the object, in what is judged
    std::string_view overlay{};  // of its set
  };
  LintChecks said;
  std::vector<Origin> origins;  // one a check
};

// Adds to the rows what a rule says of one object, which must outlive them.
class ObjectLint {
 public:
  ObjectLint(std::string_view rule, const ObjectId& id, LintRows& rows)
      : ObjectLint(rule, id.service, to_string(id), id.place, rows) {}
  ObjectLint(std::string_view rule, std::string_view service, std::string object, const EvidencePlace& owner,
             LintRows& rows)
      : rule_(rule), service_(service), object_(std::move(object)), owner_(&owner), rows_(rows) {}

  // The row may be given more by its caller, before the next.
  LintRow fail(const EvidencePlace& place, Text message, std::string evidence = {}) {
    has_failed_ = true;
    return add(Verdict::Fail, place, std::move(message), std::move(evidence));
  }
  LintRow doubt(const EvidencePlace& place, Text message, std::string evidence = {}) {
    has_failed_ = true;
    return add(Verdict::Inconclusive, place, std::move(message), std::move(evidence));
  }
  // Unless something failed.
  void pass(Text message) {
    if (!has_failed_) add(Verdict::Pass, *owner_, std::move(message), {});
  }
  LintRow add(Verdict verdict, const EvidencePlace& place, Text message, std::string evidence) {
    rows_.origins.push_back({owner_});
    const LintRow row{rows_.said.checks.emplace_back(), rows_.said.details.emplace_back()};
    row.detail.object = object_;
    row.detail.evidence = std::move(evidence);
    row.check.service = service_;
    row.check.rule = rule_;
    row.check.verdict = verdict;
    row.check.source = place;
    row.check.message = std::move(message);
    return row;
  }

 private:
  std::string_view rule_, service_;
  std::string object_;
  const EvidencePlace* owner_;
  LintRows& rows_;
  bool has_failed_ = false;
};

void lint_passwords(const ManifestSet& set, LintRows& rows);
void lint_passwords(const HelmChart& chart, LintRows& rows);
void lint_processes(const ManifestSet& set, const LintPolicy& policy, LintRows& rows);
// Whether an audit policy of the set logs ephemeral containers: it is of the cluster, whichever set it stands in.
[[nodiscard]] bool audits_debugging(const ManifestSet& set);
void lint_exec(const ManifestSet& set, bool is_audited, LintRows& rows);
void lint_budgets(const ManifestSet& set, const LintPolicy& policy, const LintInput& input, LintRows& rows);
void lint_entrances(const ManifestSet& set, LintRows& rows);
void lint_values(const HelmChart& chart, const LintPolicy& policy, LintRows& rows);
void lint_logs(const LoggingConfig& config, const LintPolicy& policy, LintRows& rows);

inline void count(LintRow row, std::int64_t observed, std::int64_t limit, std::string_view unit) {
  row.check.observed = Number{observed, 0};
  row.check.limit = Number{limit, 0};
  row.check.unit = unit;
}

}  // namespace migplan
