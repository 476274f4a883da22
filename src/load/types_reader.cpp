#include "migplan/load/types_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "document_reader.hpp"
#include "field_store.hpp"
#include "line_stream.hpp"
#include "types_spec.hpp"

namespace migplan {
namespace {

using namespace fields;

constexpr std::string_view kSpace = " \t\r\n\f";

StatedType stated(const Scalar& found, const FieldSpec& field, FieldReader& reader, std::string path) {
  return {.text = std::string(read_text(found, field, reader).value_or("")),
          .file = std::string(reader.file()),
          .at = found.at,
          .path = std::move(path)};
}

constexpr FieldSpec types_field() {
  FieldSpec field{.key = "types",
                  .description = "Java types, such as Map<Integer, byte[]>.",
                  .shape = Shape::ValueList,
                  .value = value_spec<std::string>()};
  field.begin = [](void* owner, FieldReader&) { static_cast<TypesFile*>(owner)->types.clear(); };
  field.assign = [](void* owner, std::string_view, const Scalar& found, const FieldSpec& spec, FieldReader& reader) {
    auto& types = static_cast<TypesFile*>(owner)->types;
    types.push_back(stated(found, spec, reader, fmt::format("types[{}]", types.size())));
  };
  return field;
}

constexpr FieldSpec aliases_field() {
  FieldSpec field{.key = "aliases",
                  .description = "Java types by the names of the classes that stand for them.",
                  .shape = Shape::NamedValues,
                  .value = value_spec<std::string>()};
  field.assign = [](void* owner, std::string_view name, const Scalar& found, const FieldSpec& spec,
                    FieldReader& reader) {
    auto& aliases = static_cast<TypesFile*>(owner)->aliases;
    aliases.push_back({std::string(name), stated(found, spec, reader, fmt::format("aliases.{}", name))});
  };
  return field;
}

constexpr auto kFields = std::array{schema(kTypesSchema), types_field(), aliases_field()};
constexpr MapSpec kTypes{"types", kFields};

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = std::min(text.find_first_not_of(kSpace), text.size());
  text.remove_prefix(begin);
  return text.substr(0, text.find_last_not_of(kSpace) + 1);
}

// The line without its comment.
std::string_view significant(std::string_view line) {
  for (std::size_t at = line.find('#'); at != std::string_view::npos; at = line.find('#', at + 1)) {
    if (at == 0 || kSpace.find(line[at - 1]) != std::string_view::npos) return trimmed(line.substr(0, at));
  }
  return trimmed(line);
}

bool is_document(std::string_view front) {
  if (front.starts_with("\xEF\xBB\xBF")) front.remove_prefix(3);
  while (!front.empty()) {
    const std::size_t end = std::min(front.find('\n'), front.size());
    const std::string_view line = significant(front.substr(0, end));
    front.remove_prefix(std::min(end + 1, front.size()));
    if (line.empty()) continue;
    const std::size_t key = line.find_first_not_of("abcdefghijklmnopqrstuvwxyz_-\"");
    return line.front() == '{' || line.starts_with("---") || (key != std::string_view::npos && line[key] == ':');
  }
  return false;
}

void read_lines(ByteSource& source, std::string_view file, TypesFile& read, Issues& issues) {
  LineStream lines(source);
  while (lines.next()) {
    const std::string_view text = significant(lines.line());
    if (text.empty()) continue;
    const auto column = static_cast<std::size_t>(text.data() - lines.line().data()) + 1;
    read.types.push_back(
        {.text = std::string(text), .file = std::string(file), .at = lines.at(column), .path = {}, .is_line = true});
  }
  if (lines.is_too_long()) {
    issues.add({Severity::Error, std::string(file), lines.at(1), "",
                fmt::format("a line is longer than {} bytes", LineStream::kLongest), "", Cause::Syntax});
  }
}

}  // namespace

const MapSpec& types_spec() noexcept { return kTypes; }

Result<TypesFile> read_types(ByteSource& source, std::string_view file) {
  PeekedSource peeked(source);
  TypesFile read;
  Issues issues;
  if (is_document(peeked.front())) {
    TextArena arena;
    FieldReader reader(types_spec(), &read, file, issues, arena);
    feed_document(peeked, reader);
  } else {
    read_lines(peeked, file, read, issues);
    if (!peeked.error().empty()) {
      issues.add({Severity::Error, std::string(file), {}, "", std::string(peeked.error()), "", Cause::Access});
    }
  }
  if (issues.has_errors()) return issues;
  if (read.types.empty() && read.aliases.empty()) {
    return Issue{Severity::Error, std::string(file), {}, "", "holds no types, expected one a line, or a list types"};
  }
  return Result<TypesFile>(std::move(read), std::move(issues));
}

}  // namespace migplan
