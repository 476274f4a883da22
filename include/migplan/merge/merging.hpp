#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "migplan/merge/fact_text.hpp"
#include "migplan/merge/inventory_text.hpp"
#include "migplan/merge/name_matcher.hpp"
#include "migplan/merge/provenance.hpp"
#include "migplan/model/import_policy.hpp"
#include "migplan/model/inventory.hpp"
#include "migplan/model/observation.hpp"

namespace migplan {

// A report as `import` was given it.
struct NamedReport {
  std::string format, file;
  Observations said;
};

// What is done where a fact stands already, with another value, and was not imported as it stands.
enum class OnConflict : std::uint8_t { Report, Keep, Replace };

// A fact that becomes part of the inventory.
struct FactChange {
  std::string service, fact;  // "debt.sonar_debt_days", "depends_on.stock"; "depends_on" where it is said to be []
  std::optional<std::string> before;  // as plain_text writes it
  std::string now;                    // the same; empty where a dependency goes
  FactSource source;
  std::optional<ObservedValue> value{};          // of a fact
  std::optional<StatedDependency> dependency{};  // of one that comes or stays
  bool is_removed = false;                       // a dependency that goes
};

enum class ConflictKind : std::uint8_t {
  Stands,         // with another value
  Contradiction,  // two reports of one run
  Tied,           // an anchor, alias or merge key of the text holds it
  Older,          // an import of this tool brought it, of a report that was taken later
};
struct FactConflict {
  ConflictKind kind;
  std::string service, fact, before, now;
  FactSource source;        // of `now`
  std::string before_from;  // "shop.yaml:12", or the other report
  std::string kept_by{};    // empty = open
};

struct UnmatchedName {
  bool is_ours = false;
  std::string name, file, why, nearest;
};
// A node of a call graph that is no service of ours.
struct LeftOutNode {
  std::string name, kind, why, file;
  std::uint64_t calls = 0;  // entries of the graph that went with it
};

struct Merged {
  std::vector<FactChange> changes;  // by service, in the inventory's order and then new ones by name; then by fact
  std::vector<FactConflict> conflicts;
  std::vector<UnmatchedName> unmatched;  // theirs, then ours
  std::vector<LeftOutNode> left_out;
  std::vector<std::string> new_services;  // by name
  Provenance provenance;                  // of all that stands now
  std::size_t facts = 0, confirmed = 0;   // observed of services that matched; of them those that stand already
  Issues issues;                          // errors: names that cannot be services'; notes

  // Whether something is left for a person to decide.
  [[nodiscard]] bool has_open_conflicts() const noexcept;
};

// What the merging decides from; all of it must outlive the call.
struct MergeInput {
  const Inventory* inventory = nullptr;   // null = there is none yet
  const InventoryText* layout = nullptr;  // of the inventory
  std::span<const NamedReport> reports;
  const NameRules* names = nullptr;
  const ImportPolicy* policy = nullptr;
  const Provenance* earlier = nullptr;
  FactOrder order;
  OnConflict on_conflict = OnConflict::Report;
  bool adds = false;  // services that the inventory does not have; always where there is none
};
// The result does not depend on the order of the reports but for which of two equal statements is named as the source.
[[nodiscard]] Merged merge_reports(const MergeInput& input);

// What is left for a person, a line each: open conflicts as warnings, names that match nothing and nodes that are left
// out as notes.
[[nodiscard]] Issues remarks_of(const Merged& merged);

[[nodiscard]] std::string_view name_of(ConflictKind kind) noexcept;
[[nodiscard]] std::string_view name_of(EndpointKind kind) noexcept;

}  // namespace migplan
