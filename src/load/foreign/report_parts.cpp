#include "report_parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "migplan/base/ascii.hpp"
#include "migplan/base/short_text.hpp"
#include "migplan/base/timestamp.hpp"

namespace migplan {
namespace {

bool is_same_word(std::string_view a, std::string_view small) noexcept {
  return std::equal(a.begin(), a.end(), small.begin(), small.end(), [](char x, char y) { return lower(x) == y; });
}

std::optional<std::uint64_t> sum(std::optional<std::uint64_t> a, std::optional<std::uint64_t> b) noexcept {
  if (!a || !b) return std::nullopt;
  std::uint64_t total = 0;
  return __builtin_add_overflow(*a, *b, &total) ? std::nullopt : std::optional(total);
}

}  // namespace

Result<Observations> observed(Observations observations, Issues issues) {
  if (issues.has_errors()) return issues;
  observations.notes.append(std::move(issues));
  return observations;
}

Issue remark(std::string_view file, Severity severity, std::string message, std::string hint) {
  return {severity, std::string(file), {}, "", std::move(message), std::move(hint)};
}

std::string counted(std::uint64_t count, std::string_view thing) {
  return fmt::format("{} {}{}", count, thing, count == 1 ? "" : "s");
}

std::string time_text(std::int64_t milliseconds) {
  constexpr std::int64_t kYear10000 = 253'402'300'800'000;
  return milliseconds > 0 && milliseconds < kYear10000 ? timestamp_text(milliseconds) : std::string();
}

std::optional<FindingSeverity> parse_severity(std::string_view text) noexcept {
  constexpr std::array<std::pair<std::string_view, FindingSeverity>, 10> kWords{{
      {"critical", FindingSeverity::Critical},
      {"high", FindingSeverity::High},
      {"medium", FindingSeverity::Medium},
      {"moderate", FindingSeverity::Medium},
      {"low", FindingSeverity::Low},
      {"negligible", FindingSeverity::Low},
      {"info", FindingSeverity::Low},
      {"informational", FindingSeverity::Low},
      {"none", FindingSeverity::Low},
      {"unknown", FindingSeverity::Unknown},
  }};
  for (const auto& [word, severity] : kWords) {
    if (is_same_word(text, word)) return severity;
  }
  return std::nullopt;
}

std::string_view name_of(FindingSeverity severity) noexcept {
  constexpr std::array<std::string_view, 5> kNames{"UNKNOWN", "LOW", "MEDIUM", "HIGH", "CRITICAL"};
  return kNames[static_cast<std::size_t>(severity)];
}

std::string package_of_url(std::string_view url) {
  constexpr std::string_view kScheme = "pkg:", kMaven = "maven";
  if (!url.starts_with(kScheme)) return {};
  url.remove_prefix(kScheme.size());
  url = url.substr(0, url.find_first_of("?#"));
  const std::size_t slash = url.find('/');
  if (slash == std::string_view::npos) return {};
  const std::string_view type = url.substr(0, slash);
  std::string_view name = url.substr(slash + 1);
  if (const std::size_t at = name.rfind('@'); at != std::string_view::npos && at != 0) name = name.substr(0, at);
  std::string package(name);
  for (std::size_t at = 0; (at = package.find("%40", at)) != std::string::npos;) package.replace(at, 3, "@");
  if (type == kMaven) std::replace(package.begin(), package.end(), '/', ':');
  return package;
}

std::uint64_t SeverityCounts::total() const noexcept {
  std::uint64_t total = 0;
  for (const std::uint64_t count : counts_) total += count;
  return total;
}

std::string SeverityCounts::text() const {
  std::string text;
  for (std::size_t i = std::size(counts_); i-- > 0;) {
    if (counts_[i] == 0) continue;
    fmt::format_to(std::back_inserter(text), "{}{} {}", text.empty() ? "" : ", ", counts_[i],
                   name_of(static_cast<FindingSeverity>(i)));
  }
  return text;
}

std::uint32_t ScanFindings::add_subject(std::string_view name) {
  const auto number = static_cast<std::uint32_t>(subjects_.size());
  if (!name.empty()) {
    const auto [place, is_new] = subject_numbers_.try_emplace(std::string(name), number);
    if (!is_new) return place->second;
  }
  subjects_.emplace_back(name);
  return number;
}

void ScanFindings::add(std::uint32_t subject, std::string_view id, std::string_view package, FindingSeverity severity,
                       Position at) {
  counts_.add(severity);
  std::uint64_t key = text_hash(id) * 31 + text_hash(package) * 7 + subject;
  for (;; ++key) {
    const auto [place, is_new] = place_of_.try_emplace(key, static_cast<std::uint32_t>(found_.size()));
    if (is_new) break;
    ObservedVulnerability& known = found_[place->second];
    if (known.id != id || known.package != package || subject_of_[place->second] != subject) continue;
    known.severity = std::max(known.severity, severity);
    return;
  }
  found_.push_back({"", std::string(id), std::string(package), severity, {file_, at, {}}});
  subject_of_.push_back(subject);
}

void ScanFindings::finish(Observations& observations) {
  for (std::size_t i = 0; i < found_.size(); ++i) found_[i].subject = subjects_[subject_of_[i]];
  std::set<std::string_view> ids;
  for (const ObservedVulnerability& one : found_) ids.insert(one.id);
  if (counts_.total() != 0) {
    observations.notes.add(
        remark(file_, Severity::Note,
               fmt::format("{} ({}) of {}, {} when a package counts once", counted(counts_.total(), "finding"),
                           counts_.text(), counted(ids.size(), "id"), found_.size())));
  }
  observations.subjects = std::move(subjects_);
  observations.vulnerabilities = std::move(found_);
}

std::uint32_t CallGraph::name(std::string_view text) {
  if (const auto known = numbers_.find(text); known != numbers_.end()) return known->second;
  const auto number = static_cast<std::uint32_t>(names_.size());
  numbers_.emplace(text, number);
  names_.emplace_back(text);
  return number;
}

void CallGraph::add(End caller, End callee, Counts counts, Position at, std::string_view field) {
  const auto [place, is_new] = places_.try_emplace(std::tuple(caller.name, callee.name, caller.kind, callee.kind),
                                                   static_cast<std::uint32_t>(calls_.size()));
  if (is_new) {
    calls_.push_back({names_[caller.name], names_[callee.name], caller.kind, callee.kind, counts.calls, counts.failed,
                      EvidencePlace{file_, at, std::string(field)}});
    return;
  }
  ObservedCall& known = calls_[place->second];
  known.calls = sum(known.calls, counts.calls);
  known.failed = sum(known.failed, counts.failed);
}

void CallGraph::finish(Observations& observations) {
  std::set<std::string_view> known(observations.subjects.begin(), observations.subjects.end());
  std::vector<std::string> services;
  const auto keep = [&](const std::string& name, EndpointKind kind) {
    if (kind == EndpointKind::Service && known.insert(name).second) services.push_back(name);
  };
  for (const ObservedCall& call : calls_) {
    keep(call.caller, call.caller_kind);
    keep(call.callee, call.callee_kind);
  }
  observations.subjects.insert(observations.subjects.end(), services.begin(), services.end());
  observations.calls = std::move(calls_);
}

}  // namespace migplan
