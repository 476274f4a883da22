#include "document_reader.hpp"

#include "json_events.hpp"
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
