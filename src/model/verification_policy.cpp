#include "migplan/model/verification_policy.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "migplan/base/decimal.hpp"

namespace migplan {
namespace {

constexpr Percent kLeastConfidence = Percent::whole(50);

Issue rejected(std::string path, std::string message) {
  return {Severity::Error, "", {}, std::move(path), std::move(message), ""};
}

// A bound of no or of full confidence says nothing.
Issues confidence_issues(std::string_view section, Percent confidence) {
  Issues issues;
  if (confidence < kLeastConfidence || confidence >= Percent::max()) {
    issues.add(rejected(fmt::format("{}.confidence", section),
                        fmt::format("found {}, expected 50 to less than 100 percent", trimmed(confidence))));
  }
  return issues;
}

template <class Q>
void expect_above_zero(Issues& issues, std::string_view path, Q value) {
  if (value <= Q{})
    issues.add(rejected(std::string(path), fmt::format("found {}, expected more than 0", trimmed(value))));
}

}  // namespace

std::string_view name_of(FieldRule rule) noexcept {
  switch (rule) {
    case FieldRule::Equal: return "equal";
    case FieldRule::Ignore: return "ignore";
    case FieldRule::Unordered: return "unordered";
  }
  return "";
}

Issues gate_issues(const GatePolicy& policy) { return confidence_issues("gate", policy.confidence); }

Issues reconcile_issues(const ReconcilePolicy& policy) {
  Issues issues;
  const auto check = [&](std::string path, const std::string& name) {
    const auto found = policy.fields.find(name);
    if (found == policy.fields.end() || found->second.rule == FieldRule::Ignore) {
      issues.add(rejected(std::move(path), fmt::format("{} is not compared under reconcile.fields", in_quotes(name))));
    }
  };
  for (std::size_t i = 0; i < policy.business_fields.size(); ++i) {
    check(fmt::format("reconcile.business_fields[{}]", i), policy.business_fields[i]);
  }
  if (!policy.version_field.empty()) check("reconcile.version_field", policy.version_field);
  for (const auto& [name, comparison] : policy.fields) {
    if (name.empty()) issues.add(rejected("reconcile.fields", "found a field without a name"));
    if (name == "trace_id" || name == "source" || name == "ts" || name == "latency_ms") {
      issues.add(rejected(fmt::format("reconcile.fields.{}", name),
                          "this field joins or times the records, it is not compared"));
    }
  }
  return issues;
}

Issues canary_issues(const CanaryPolicy& policy) {
  Issues issues = confidence_issues("canary", policy.confidence);
  expect_above_zero(issues, "canary.difference", policy.difference);
  expect_above_zero(issues, "canary.least_samples", policy.least_samples);
  if (policy.ramp.empty()) issues.add(rejected("canary.ramp", "found no step, expected shares that rise to 100"));
  for (std::size_t i = 0; i < policy.ramp.size(); ++i) {
    const Percent before = i == 0 ? Percent{} : policy.ramp[i - 1];
    if (policy.ramp[i] > before) continue;
    issues.add(rejected(fmt::format("canary.ramp[{}]", i),
                        fmt::format("found {}, expected more than {}", trimmed(policy.ramp[i]), trimmed(before))));
  }
  if (!policy.ramp.empty() && policy.ramp.back() != Percent::max()) {
    issues.add(rejected("canary.ramp", fmt::format("ends at {}, expected 100", trimmed(policy.ramp.back()))));
  }
  if (policy.header.empty()) issues.add(rejected("canary.header", "missing, expected the name of a request header"));
  return issues;
}

Issues sunset_issues(const SunsetPolicy& policy) {
  Issues issues;
  expect_above_zero(issues, "sunset.on_target_days", policy.on_target_days);
  expect_above_zero(issues, "sunset.quiet_hours", policy.quiet_hours);
  expect_above_zero(issues, "sunset.greatest_gap", policy.greatest_gap);
  return issues;
}

Issues slo_issues(const SloPolicy& policy) {
  Issues issues = confidence_issues("slo", policy.confidence);
  expect_above_zero(issues, "slo.default_window", policy.default_window);
  // As long as any window that a file may state.
  constexpr CalendarDays kLongest = CalendarDays::whole(10'000);
  if (policy.default_window > kLongest) {
    issues.add(rejected("slo.default_window", fmt::format("found {}, expected no more than {} days",
                                                          trimmed(policy.default_window), trimmed(kLongest))));
  }
  return issues;
}

Issues lint_issues(const LintPolicy& policy) {
  Issues issues;
  expect_above_zero(issues, "lint.min_available", policy.min_available);
  const auto expect_words = [&issues](std::string_view key, const std::vector<std::string>& words) {
    for (std::size_t i = 0; i < words.size(); ++i) {
      if (words[i].find_first_not_of(' ') != std::string::npos) continue;
      issues.add(rejected(fmt::format("lint.{}[{}]", key, i), "found an empty text, expected a name"));
    }
  };
  expect_words("log_fields", policy.log_fields);
  expect_words("sidecars", policy.sidecars);
  expect_words("environments", policy.environments);
  return issues;
}

}  // namespace migplan
