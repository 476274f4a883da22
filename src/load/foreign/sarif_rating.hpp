#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "migplan/base/issue.hpp"
#include "migplan/model/observation.hpp"

// What results of SARIF and their rules say of how grave a result is.
namespace migplan::sarif {

struct SarifRule {
  std::string id, level, score, severity;
  std::string apart;  // "misconfiguration", "secret" or "licence finding": no vulnerability; else empty

  // Of a name or tag.
  void note_kind(std::string_view word);
};

struct SarifResult {
  std::string rule, level, score, severity, package;
  std::string uri, line;  // of its first place
  std::optional<std::uint32_t> index, component;
  Position at;
  std::uint32_t suppressions = 0, open_suppressions = 0;
  bool is_suppressed = false, is_pass = false;
};

// The rules of a run, of its driver and its extensions.
class SarifRules {
 public:
  void add(std::uint32_t component, SarifRule rule);
  // By id, else by index; null where it has none. An id with a part behind a slash is one of the rule in front of it.
  [[nodiscard]] const SarifRule* of(const SarifResult& result) const;

 private:
  [[nodiscard]] const SarifRule* named(std::string_view id) const;
  std::vector<std::vector<SarifRule>> components_;
  std::map<std::string, std::pair<std::uint32_t, std::uint32_t>, std::less<>> by_id_;
};

enum class RatedBy : std::uint8_t { Score, Word, Level };
struct Rating {
  FindingSeverity severity = FindingSeverity::Unknown;
  RatedBy by = RatedBy::Level;
  std::string level;  // where nothing else rates it: error, warning, note or none
};
// By the score of the result or its rule (from 9 CRITICAL, 7 HIGH, 4 MEDIUM, above 0 LOW), else by a word for the
// severity. A level alone does not say whether an error is HIGH or CRITICAL: Unknown.
[[nodiscard]] Rating rating_of(const SarifResult& result, const SarifRule* rule);

[[nodiscard]] std::optional<std::uint32_t> index_of(std::string_view text) noexcept;

// Grype's rules are "CVE-2021-1-package"; other ids stay as they are, without a package.
[[nodiscard]] std::pair<std::string_view, std::string_view> id_and_package(std::string_view rule) noexcept;

// The package that a message of Trivy names in its first line; empty for other messages.
[[nodiscard]] std::string_view package_in(std::string_view message) noexcept;

}  // namespace migplan::sarif
