#include "sarif_rating.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "migplan/base/ascii.hpp"
#include "migplan/base/decimal.hpp"
#include "report_parts.hpp"

namespace migplan::sarif {
namespace {

constexpr int kScoreDecimals = 3;
constexpr std::int64_t kOne = 1000;  // of a score

std::optional<FindingSeverity> severity_of_score(std::string_view text) noexcept {
  const Decimal score = parse_decimal(text, kScoreDecimals);
  if (score.status != DecimalStatus::Ok || score.steps <= 0) return std::nullopt;
  if (score.steps >= 9 * kOne) return FindingSeverity::Critical;
  if (score.steps >= 7 * kOne) return FindingSeverity::High;
  if (score.steps >= 4 * kOne) return FindingSeverity::Medium;
  return FindingSeverity::Low;
}

// Behind "CVE-2021-44228" or "GHSA-aaaa-bbbb-cccc" in front of the text; 0 where there is none.
std::size_t end_of_id(std::string_view text) noexcept {
  constexpr std::string_view kCve = "CVE-", kGhsa = "GHSA-";
  constexpr std::size_t kGhsaSize = 19;
  if (text.starts_with(kGhsa)) return text.size() >= kGhsaSize ? kGhsaSize : 0;
  if (!text.starts_with(kCve)) return 0;
  const auto digits = [text](std::size_t at) {
    while (at < text.size() && is_digit(text[at])) ++at;
    return at;
  };
  const std::size_t year = digits(kCve.size());
  if (year == kCve.size() || year >= text.size() || text[year] != '-') return 0;
  const std::size_t end = digits(year + 1);
  return end == year + 1 ? 0 : end;
}

}  // namespace

void SarifRule::note_kind(std::string_view word) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kKinds{{
      {"Misconfiguration", "misconfiguration"},
      {"misconfiguration", "misconfiguration"},
      {"Secret", "secret"},
      {"secret", "secret"},
      {"License", "licence finding"},
      {"license", "licence finding"},
  }};
  for (const auto& [name, kind] : kKinds) {
    if (name == word) apart = kind;
  }
}

void SarifRules::add(std::uint32_t component, SarifRule rule) {
  if (component >= components_.size()) components_.resize(component + std::size_t{1});
  auto& rules = components_[component];
  by_id_.try_emplace(rule.id, component, static_cast<std::uint32_t>(rules.size()));
  rules.push_back(std::move(rule));
}

const SarifRule* SarifRules::named(std::string_view id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : &components_[found->second.first][found->second.second];
}

const SarifRule* SarifRules::of(const SarifResult& result) const {
  const std::size_t component = result.component ? *result.component + std::size_t{1} : 0;
  if (result.index && component < components_.size() && *result.index < components_[component].size()) {
    const SarifRule& rule = components_[component][*result.index];
    if (result.rule.empty() || result.rule == rule.id || result.rule.starts_with(rule.id + "/")) return &rule;
  }
  if (const SarifRule* const rule = named(result.rule)) return rule;
  return named(result.rule.substr(0, result.rule.rfind('/')));
}

Rating rating_of(const SarifResult& result, const SarifRule* rule) {
  for (const std::string_view score :
       {std::string_view(result.score), std::string_view(rule ? rule->score : result.score)}) {
    if (const auto severity = severity_of_score(score)) return {*severity, RatedBy::Score, {}};
  }
  for (const std::string_view word :
       {std::string_view(rule ? rule->severity : result.severity), std::string_view(result.severity)}) {
    if (const auto severity = parse_severity(word)) return {*severity, RatedBy::Word, {}};
  }
  Rating rating;
  rating.level = !result.level.empty()                     ? result.level
                 : rule != nullptr && !rule->level.empty() ? rule->level
                                                           : "warning";
  return rating;
}

std::optional<std::uint32_t> index_of(std::string_view text) noexcept {
  std::uint32_t index = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), index);
  return error == std::errc() && end == text.data() + text.size() ? std::optional(index) : std::nullopt;
}

std::pair<std::string_view, std::string_view> id_and_package(std::string_view rule) noexcept {
  const std::size_t end = end_of_id(rule);
  if (end == 0 || end >= rule.size() || rule[end] != '-') return {rule, {}};
  return {rule.substr(0, end), rule.substr(end + 1)};
}

std::string_view package_in(std::string_view message) noexcept {
  constexpr std::string_view kPackage = "Package: ";
  if (!message.starts_with(kPackage)) return {};
  message.remove_prefix(kPackage.size());
  return message.substr(0, message.find('\n'));
}

}  // namespace migplan::sarif
