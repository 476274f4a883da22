#include <fmt/format.h>

#include "migplan/merge/merging.hpp"

namespace migplan {
namespace {

std::string said_of(const FactConflict& conflict) {
  const std::string stands =
      conflict.before.empty() ? std::string("nothing stands") : fmt::format("{} stands", in_quotes(conflict.before));
  const std::string says = conflict.now.empty() ? std::string("nothing") : in_quotes(conflict.now);
  const std::string of = fmt::format("{}: {}", conflict.service, conflict.fact);
  switch (conflict.kind) {
    case ConflictKind::Contradiction:
      return fmt::format("{} is {} in {}, {} in {}", of, in_quotes(conflict.before), printable(conflict.before_from),
                         says, conflict.source.file);
    case ConflictKind::Tied:
      return fmt::format("{} is held by an anchor, alias or merge key at {}: {} there, {} says {}", of,
                         conflict.before_from, stands, conflict.source.file, says);
    case ConflictKind::Older:
      return fmt::format("{}: {} at {}, {} says {} but was taken before", of, stands, conflict.before_from,
                         conflict.source.file, says);
    case ConflictKind::Stands: break;
  }
  return fmt::format("{}: {} at {}, {} says {}", of, stands, conflict.before_from, conflict.source.file, says);
}

}  // namespace

Issues remarks_of(const Merged& merged) {
  Issues issues;
  for (const FactConflict& conflict : merged.conflicts) {
    if (conflict.kept_by.empty()) issues.add({Severity::Warning, "", {}, "", said_of(conflict)});
  }
  for (const UnmatchedName& name : merged.unmatched) {
    issues.add({Severity::Note,
                name.file,
                {},
                "",
                fmt::format("{}: {}", name.is_ours ? name.name : in_quotes(name.name), name.why),
                name.nearest.empty() ? "" : fmt::format("did you mean {}?", name.nearest)});
  }
  for (const LeftOutNode& node : merged.left_out) {
    issues.add({Severity::Note,
                node.file,
                {},
                "",
                fmt::format("{} is left out: {}, {}", in_quotes(node.name), node.kind, node.why)});
  }
  return issues;
}

}  // namespace migplan
