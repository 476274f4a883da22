#include "yaml_documents.hpp"

#include <algorithm>

namespace migplan {
namespace {

bool is_separator(std::string_view line) {
  return line.starts_with("---") && (line.size() == 3 || line[3] == ' ' || line[3] == '\t' || line[3] == '\r');
}

// Directives belong to what is in front of a separator and say nothing of the content; "..." ends a document.
bool is_content(std::string_view line) {
  const std::size_t first = line.find_first_not_of(" \t\r");
  return first != std::string_view::npos && line[first] != '#' && !line.starts_with('%') && !line.starts_with("...");
}

}  // namespace

std::vector<YamlText> yaml_documents(std::string_view text) {
  std::vector<YamlText> documents;
  std::size_t begin = 0, at = 0;
  std::uint32_t first_line = 1, line_number = 1;
  bool has_content = false;
  const auto end_document = [&](std::size_t end) {
    if (has_content) documents.push_back({text.substr(begin, end - begin), first_line});
    has_content = false;
  };
  while (at < text.size()) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, end - at);
    if (is_separator(line)) {
      end_document(at);
      // What stands behind the dashes belongs to the document: "--- {a: 1}".
      const bool is_bare = !is_content(line.substr(3));
      begin = is_bare ? std::min(end + 1, text.size()) : at;
      first_line = is_bare ? line_number + 1 : line_number;
      has_content = !is_bare;
    } else if (!has_content) {
      has_content = is_content(line);
      if (!has_content && line.starts_with('%')) {
        begin = std::min(end + 1, text.size());
        first_line = line_number + 1;
      }
    }
    at = end + 1;
    ++line_number;
  }
  end_document(text.size());
  return documents;
}

}  // namespace migplan
