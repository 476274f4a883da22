#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "migplan/base/issue.hpp"
#include "migplan/model/name_index.hpp"

namespace migplan {

// Another tool's name of a service of ours.
struct NameAlias {
  std::string ours, theirs;
  Position at{};
};
// Names of theirs that match, and the name of ours that each becomes: "registry.example/shop/*:*" and "$1".
struct NamePattern {
  std::string match, name;
  Position at{};
};
// What people have declared of names, of one or more files.
struct NameRules {
  std::vector<NameAlias> aliases;
  std::vector<NamePattern> patterns;
  std::vector<std::string> ignored;  // names of theirs, with '*', that are known to be no service of ours
};
// Errors: one name of theirs for two of ours; a pattern whose name refers to a '*' that it does not have.
[[nodiscard]] Issues name_rule_issues(const NameRules& rules, std::string_view file);

enum class MatchedBy : std::uint8_t { Name, Alias, Pattern, New, Ignored, Nothing };

struct NameMatch {
  MatchedBy by = MatchedBy::Nothing;
  std::string ours;     // empty where there is none
  std::string why;      // there is none
  bool is_new = false;  // not in the inventory, and to be added
};

// Finds the service that another tool means: the one of exactly that name, else what an alias says, else what the first
// pattern that matches makes of it. Where services may be added, what is left is a service of its own name, if that is
// a service's name.
class NameMatcher {
 public:
  // All must outlive it. `known`: the names of the inventory; with `adds` others become services, too.
  NameMatcher(const NameRules& rules, const NameIndex& known, bool adds);

  [[nodiscard]] NameMatch match(std::string_view theirs) const;

 private:
  [[nodiscard]] NameMatch declared(std::string ours, MatchedBy by, std::string_view what) const;

  const NameRules& rules_;
  const NameIndex& known_;
  bool adds_;
  std::map<std::string_view, std::string_view> aliases_;  // theirs to ours
};

[[nodiscard]] std::string_view name_of(MatchedBy by) noexcept;

}  // namespace migplan
