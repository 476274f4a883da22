#include "document_reader.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "json_events.hpp"
#include "migplan/load/inventory_reader.hpp"
#include "yaml_events.hpp"

namespace migplan {

void feed_document(ByteSource& source, FieldReader& reader) {
  std::string text = read_all(source);
  if (!source.error().empty()) {
    reader.reject_source({}, std::string(source.error()), Cause::Access);
    return;
  }
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first != std::string::npos && text[first] == '{') {
    const std::size_t length = text.size();
    text.append(JsonEvents::kPadding, '\0');
    JsonEvents().feed(text.data(), length, 1, reader);
    return;
  }
  TextSource memory(text);
  feed_yaml(memory, reader);
}

std::optional<Issue> other_schema(std::string_view beginning, std::string_view file, std::string_view kind,
                                  std::string_view expected, std::string_view hint) {
  const std::string_view schema = declared_schema(beginning);
  if (schema == expected) return std::nullopt;
  const std::size_t offset = schema.empty() ? 0 : static_cast<std::size_t>(schema.data() - beginning.data());
  const std::string_view before = beginning.substr(0, offset);
  const auto line_start = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
  const Position at{static_cast<std::uint32_t>(std::count(before.begin(), before.end(), '\n') + 1),
                    static_cast<std::uint32_t>(offset - line_start + 1)};
  return Issue{Severity::Error,
               std::string(file),
               at,
               "schema",
               schema.empty() ? fmt::format("no {}: it names no schema, expected {}", kind, expected)
                              : fmt::format("no {}: found {}, expected {}", kind, in_quotes(schema), expected),
               std::string(hint)};
}

namespace {

Position nearest_position(std::string path, const std::map<std::string, Position>& positions) {
  while (!path.empty()) {
    const auto at = positions.find(path);
    if (at != positions.end()) return at->second;
    const auto cut = path.find_last_of(".[");
    path.resize(cut == std::string::npos ? 0 : cut);
  }
  return {};
}

}  // namespace

Issues with_positions(const Issues& issues, std::string_view file, const std::map<std::string, Position>& positions) {
  Issues placed;
  for (Issue issue : issues.kept()) {
    issue.at = nearest_position(issue.path, positions);
    issue.file = file;
    placed.add(std::move(issue));
  }
  return placed;
}

}  // namespace migplan
