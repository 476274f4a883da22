#include "migplan/merge/name_matcher.hpp"

#include <fmt/format.h>

#include <utility>

#include "migplan/base/label.hpp"
#include "migplan/base/wildcard.hpp"

namespace migplan {
namespace {

Issue refused(std::string_view file, Position at, std::string path, std::string message) {
  return {Severity::Error, std::string(file), at, std::move(path), std::move(message), ""};
}

constexpr std::string_view kWhatNamesAre = "a service's name is a-z, 0-9 and '-', at most 63";

}  // namespace

Issues name_rule_issues(const NameRules& rules, std::string_view file) {
  Issues issues;
  std::map<std::string_view, const NameAlias*> seen;
  for (const NameAlias& alias : rules.aliases) {
    const auto [first, is_new] = seen.emplace(alias.theirs, &alias);
    if (is_new || first->second->ours == alias.ours) continue;
    issues.add(refused(file, alias.at, "aliases." + alias.ours,
                       fmt::format("{} is an alias of {} already", in_quotes(alias.theirs), first->second->ours)));
  }
  for (std::size_t i = 0; i < rules.patterns.size(); ++i) {
    const NamePattern& pattern = rules.patterns[i];
    const auto reference = greatest_reference(pattern.name);
    const std::size_t stars = wildcard_stars(pattern.match);
    std::string fault;
    if (pattern.match.empty() || pattern.name.empty()) {
      fault = "expected a text";
    } else if (!reference) {
      fault = fmt::format("found {}, expected $1 to $9, or $$ for a dollar sign", in_quotes(pattern.name));
    } else if (*reference > stars) {
      fault = fmt::format("found ${}, but {} has {} *", *reference, in_quotes(pattern.match), stars);
    }
    if (!fault.empty()) issues.add(refused(file, pattern.at, fmt::format("patterns[{}]", i), std::move(fault)));
  }
  return issues;
}

NameMatcher::NameMatcher(const NameRules& rules, const NameIndex& known, bool adds)
    : rules_(rules), known_(known), adds_(adds) {
  for (const NameAlias& alias : rules.aliases) aliases_.emplace(alias.theirs, alias.ours);
}

NameMatch NameMatcher::declared(std::string ours, MatchedBy by, std::string_view what) const {
  if (known_.find(ours)) return {by, std::move(ours), "", false};
  if (adds_ && is_label(ours)) return {by, std::move(ours), "", true};
  std::string why = fmt::format("{} says {}, which is no service of the inventory", what, in_quotes(ours));
  if (adds_) why = fmt::format("{} says {}: {}", what, in_quotes(ours), kWhatNamesAre);
  return {MatchedBy::Nothing, "", std::move(why), false};
}

NameMatch NameMatcher::match(std::string_view theirs) const {
  if (known_.find(theirs)) return {MatchedBy::Name, std::string(theirs), "", false};
  if (const auto alias = aliases_.find(theirs); alias != aliases_.end()) {
    return declared(std::string(alias->second), MatchedBy::Alias, "an alias");
  }
  for (const std::string& ignored : rules_.ignored) {
    if (matches_wildcard(ignored, theirs))
      return {MatchedBy::Ignored, "", fmt::format("ignored by {}", in_quotes(ignored)), false};
  }
  for (const NamePattern& pattern : rules_.patterns) {
    const auto parts = wildcard_parts(pattern.match, theirs);
    if (parts) {
      return declared(fill_in(pattern.name, *parts), MatchedBy::Pattern,
                      fmt::format("the pattern {}", in_quotes(pattern.match)));
    }
  }
  if (adds_ && is_label(theirs)) return {MatchedBy::New, std::string(theirs), "", true};
  return {MatchedBy::Nothing, "", adds_ ? std::string(kWhatNamesAre) : std::string("no service of the inventory"),
          false};
}

std::string_view name_of(MatchedBy by) noexcept {
  switch (by) {
    case MatchedBy::Name: return "name";
    case MatchedBy::Alias: return "alias";
    case MatchedBy::Pattern: return "pattern";
    case MatchedBy::New: return "new";
    case MatchedBy::Ignored: return "ignored";
    case MatchedBy::Nothing: return "nothing";
  }
  return "";
}

}  // namespace migplan
