#include "migplan/load/measured_levels_reader.hpp"

#include <fmt/format.h>

#include <utility>

#include "document_reader.hpp"
#include "field_reader.hpp"
#include "levels_spec.hpp"
#include "yaml_tree.hpp"

namespace migplan {
namespace {

// The strict reader begins with a map: a list is given one. False where the text is no tree, and what is wrong with it
// is for another to tell.
bool feed_tree(const std::string& text, std::string_view file, FieldReader& reader) {
  TextSource source(text);
  const YamlTree tree(source, file);
  const auto documents = tree.documents();
  if (documents.size() != 1) return false;
  const YamlValue& root = documents.front();
  if (!root.is_list()) {
    feed_value(root, reader);
    return true;
  }
  reader.begin_map(root.at());
  reader.key("counts", root.at());
  feed_value(root, reader);
  reader.end_map();
  return true;
}

MeasuredLevels levels_of(MeasuredDraft draft, std::string_view file, std::string field) {
  const auto count = [](const std::optional<Count>& stated) {
    return stated ? std::optional(static_cast<std::uint64_t>(stated->steps())) : std::nullopt;
  };
  MeasuredLevels levels;
  levels.service = std::move(draft.service);
  levels.objective = std::move(draft.objective);
  levels.window = draft.window;
  levels.elapsed = draft.elapsed;
  levels.total = count(draft.total);
  levels.failed = count(draft.failed);
  levels.latency_p95 = draft.latency_p95;
  if (draft.coverage) levels.coverage = draft.coverage->value;
  levels.place = {std::string(file), draft.at, std::move(field)};
  return levels;
}

}  // namespace

Result<std::vector<MeasuredLevels>> read_measured_levels(ByteSource& source, std::string_view file) {
  MeasuredLevelsDraft draft;
  Issues issues;
  TextArena arena;
  FieldReader reader(measured_levels_spec(), &draft, file, issues, arena);
  const std::string text = read_all(source);
  if (!source.error().empty()) {
    reader.reject_source({}, std::string(source.error()), Cause::Access);
  } else if (!feed_tree(text, file, reader)) {
    TextSource whole(text);
    feed_document(whole, reader);
  }
  if (issues.has_errors()) return issues;
  std::vector<MeasuredLevels> all;
  if (draft.counts.empty()) all.push_back(levels_of(std::move(draft.own), file, ""));
  for (std::size_t i = 0; i < draft.counts.size(); ++i) {
    all.push_back(levels_of(std::move(draft.counts[i]), file, fmt::format("counts[{}]", i)));
  }
  return all;
}

}  // namespace migplan
