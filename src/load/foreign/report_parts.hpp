#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "migplan/base/result.hpp"
#include "migplan/base/short_text.hpp"
#include "migplan/load/report_reader.hpp"

// What readers of reports share.
namespace migplan {

// The observations, with what was found beside them as their notes; errors instead of them.
[[nodiscard]] Result<Observations> observed(Observations observations, Issues issues);

// A note or warning of a report as a whole.
[[nodiscard]] Issue remark(std::string_view file, Severity severity, std::string message, std::string hint = {});

// "1 finding", "2 findings"
[[nodiscard]] std::string counted(std::uint64_t count, std::string_view thing);

// When a report was taken, in milliseconds since the epoch, as its origin tells it; empty for what is no such time.
[[nodiscard]] std::string time_text(std::int64_t milliseconds);

// CRITICAL, High, moderate, …; nullopt for other words.
[[nodiscard]] std::optional<FindingSeverity> parse_severity(std::string_view text) noexcept;
[[nodiscard]] std::string_view name_of(FindingSeverity severity) noexcept;  // "CRITICAL"

// The package of a package URL as scanners name it: pkg:maven/org.acme/cart@1.2 is "org.acme:cart"; empty for a text
// that is none.
[[nodiscard]] std::string package_of_url(std::string_view url);

// How many of each severity.
class SeverityCounts {
 public:
  void add(FindingSeverity severity) noexcept { ++counts_[static_cast<std::size_t>(severity)]; }
  [[nodiscard]] std::uint64_t total() const noexcept;
  [[nodiscard]] std::uint64_t of(FindingSeverity severity) const noexcept {
    return counts_[static_cast<std::size_t>(severity)];
  }
  // "2 CRITICAL, 4 MEDIUM"
  [[nodiscard]] std::string text() const;

 private:
  std::uint64_t counts_[5] = {};
};

// The findings of a scan. One that stands there again for the same subject, id and package is kept once, with the
// higher severity, so that memory is bounded by what differs.
class ScanFindings {
 public:
  explicit ScanFindings(std::string_view file) : file_(file) {}

  // A subject by its number; its name may follow later.
  std::uint32_t add_subject(std::string_view name);
  void name_subject(std::uint32_t subject, std::string_view name) { subjects_[subject] = name; }
  [[nodiscard]] std::size_t subjects() const noexcept { return subjects_.size(); }
  void add(std::uint32_t subject, std::string_view id, std::string_view package, FindingSeverity severity, Position at);
  [[nodiscard]] const SeverityCounts& counts() const noexcept { return counts_; }

  // Hands over subjects, findings and a note with the counts.
  void finish(Observations& observations);

 private:
  std::string file_;
  std::vector<std::string> subjects_;
  std::unordered_map<std::string, std::uint32_t> subject_numbers_;  // only looked up in
  std::vector<ObservedVulnerability> found_;
  std::vector<std::uint32_t> subject_of_;                      // of each
  std::unordered_map<std::uint64_t, std::uint32_t> place_of_;  // by hash; only looked up in
  SeverityCounts counts_;                                      // of all that were added
};

// Who calls whom, put together by pair.
class CallGraph {
 public:
  static constexpr std::uint32_t kNoName = UINT32_MAX;
  explicit CallGraph(std::string_view file) : file_(file) {}

  // The number of a name.
  std::uint32_t name(std::string_view text);
  [[nodiscard]] const std::string& text(std::uint32_t name) const noexcept { return names_[name]; }

  struct End {
    std::uint32_t name = 0;
    EndpointKind kind = EndpointKind::Service;
  };
  struct Counts {
    std::optional<std::uint64_t> calls, failed;
  };
  // Counts are added up; one that is not known makes the sum unknown.
  void add(End caller, End callee, Counts counts, Position at, std::string_view field = {});
  [[nodiscard]] bool is_empty() const noexcept { return calls_.empty(); }

  // Hands over the calls in the order in which they were first seen, and their services as subjects.
  void finish(Observations& observations);

 private:
  std::string file_;
  std::vector<std::string> names_;
  struct Hash {
    using is_transparent = void;
    [[nodiscard]] std::size_t operator()(std::string_view text) const noexcept { return text_hash(text); }
  };
  std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> numbers_;  // only looked up in
  std::vector<ObservedCall> calls_;
  std::map<std::tuple<std::uint32_t, std::uint32_t, EndpointKind, EndpointKind>, std::uint32_t> places_;
};

}  // namespace migplan
