#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>
#include <set>
#include <utility>
#include <vector>

#include "migplan/report/playbook_views.hpp"
#include "table_choice.hpp"

namespace migplan {
namespace {

using Types = std::span<const MappedType>;

// A level of one of several types.
struct LevelRow {
  const MappedType* type;
  const TypeLevel* level;
};
using LevelRows = std::vector<LevelRow>;

Tone tone_of(ZeroCopy verdict) noexcept {
  switch (verdict) {
    case ZeroCopy::Yes: return Tone::Calm;
    case ZeroCopy::Partial: return Tone::Caution;
    case ZeroCopy::No: return Tone::Alert;
    case ZeroCopy::Unknown: return Tone::Muted;
  }
  return Tone::Plain;
}

template <class Texts>
List list_of(const Texts& texts) {
  List list;
  for (const auto& text : texts) list.emplace_back(std::string_view(text));
  return list;
}

Value bytes_or_null(const TypeLevel& level) {
  return level.go.form == GoForm::Fixed ? count_value(level.go.bytes) : Value{};
}

Value note_or_null(const TypeLevel& level) {
  return level.notes.empty() ? Value{} : Value(fmt::format("{}", fmt::join(level.notes, "; ")));
}

Value source_or_null(const StatedType& stated) {
  if (stated.file.empty()) return {};
  std::string source = fmt::format("{}:{}", stated.file, stated.at.line);
  if (!stated.path.empty()) source += " " + stated.path;
  return source;
}

std::shared_ptr<Table> levels_table(const std::shared_ptr<const LevelRows>& rows) {
  std::vector<Column> columns;
  const auto add = [&](const char* key, Shown shown, bool is_numeric, Value (*get)(const LevelRow&)) -> Column& {
    columns.push_back({key, key, shown, is_numeric, [rows, get](std::size_t i) { return get((*rows)[i]); }});
    return columns.back();
  };
  add("type", Shown::InData, false, [](const LevelRow& r) -> Value { return std::string_view(r.type->stated.text); });
  add("level", Shown::Always, false, [](const LevelRow& r) -> Value { return std::string_view(r.level->path); });
  add("depth", Shown::InData, true, [](const LevelRow& r) { return count_value(r.level->depth); });
  add("java", Shown::Always, false, [](const LevelRow& r) -> Value { return std::string_view(r.level->java); });
  add("go", Shown::Always, false, [](const LevelRow& r) -> Value { return std::string_view(r.level->go.text); }).tone =
      [](std::size_t) { return Tone::Strong; };
  Column& verdict =
      add("zero_copy", Shown::Always, false, [](const LevelRow& r) { return word_value(name_of(r.level->verdict)); });
  verdict.heading = "zero copy";
  verdict.tone = [rows](std::size_t i) { return tone_of((*rows)[i].level->verdict); };
  add("reason", Shown::Always, false, [](const LevelRow& r) -> Value { return std::string_view(r.level->reason); });
  add("wire", Shown::Always, false, [](const LevelRow& r) -> Value { return std::string_view(r.level->wire); });
  add("bytes", Shown::InData, true, [](const LevelRow& r) { return bytes_or_null(*r.level); });
  const bool has_notes =
      std::any_of(rows->begin(), rows->end(), [](const LevelRow& row) { return !row.level->notes.empty(); });
  add("note", has_notes ? Shown::Always : Shown::InData, false,
      [](const LevelRow& r) -> Value { return note_or_null(*r.level); });
  return std::make_shared<Table>("levels", "", rows->size(), std::move(columns));
}

std::shared_ptr<Table> types_table(Types types) {
  std::vector<Column> columns;
  const auto add = [&](const char* key, Value (*get)(const MappedType&)) -> Column& {
    columns.push_back({key, key, Shown::Always, false, [types, get](std::size_t i) { return get(types[i]); }});
    return columns.back();
  };
  add("type", [](const MappedType& t) -> Value { return std::string_view(t.stated.text); });
  add("go", [](const MappedType& t) -> Value { return std::string_view(t.map.payload().go.text); }).tone =
      [](std::size_t) { return Tone::Strong; };
  Column& verdict = add("zero_copy", [](const MappedType& t) { return word_value(name_of(t.map.payload().verdict)); });
  verdict.heading = "zero copy";
  verdict.tone = [types](std::size_t i) { return tone_of(types[i].map.payload().verdict); };
  add("imports", [](const MappedType& t) -> Value { return list_of(t.map.imports); });
  add("source", [](const MappedType& t) { return source_or_null(t.stated); });
  return std::make_shared<Table>("types", "", types.size(), std::move(columns));
}

Object level_object(const TypeLevel& level) {
  return {{"level", std::string_view(level.path)},
          {"depth", count_value(level.depth)},
          {"java", std::string_view(level.java)},
          {"go", std::string_view(level.go.text)},
          {"zero_copy", name_of(level.verdict)},
          {"reason", std::string_view(level.reason)},
          {"wire", std::string_view(level.wire)},
          {"bytes", bytes_or_null(level)},
          {"note", note_or_null(level)}};
}

List types_list(Types types) {
  List list;
  for (const MappedType& type : types) {
    List levels;
    for (const TypeLevel& level : type.map.levels) levels.emplace_back(level_object(level));
    list.emplace_back(Object{{"type", std::string_view(type.stated.text)},
                             {"go", std::string_view(type.map.payload().go.text)},
                             {"zero_copy", name_of(type.map.payload().verdict)},
                             {"imports", list_of(type.map.imports)},
                             {"source", source_or_null(type.stated)},
                             {"levels", std::move(levels)}});
  }
  return list;
}

Text headline(Types types) {
  std::array<std::size_t, 4> counts{};
  for (const MappedType& type : types) ++counts[static_cast<std::size_t>(type.map.payload().verdict)];
  return say("{}: zero copy yes {}, partial {}, no {}, unknown {}", counted(types.size(), "{} type", "{} types"),
             counts[0], counts[1], counts[2], counts[3]);
}

std::vector<Text> notes_of(Types types) {
  std::set<std::string_view> imports;
  bool has_order = false;  // numbers of several bytes
  for (const MappedType& type : types) {
    imports.insert(type.map.imports.begin(), type.map.imports.end());
    has_order = has_order || std::any_of(type.map.levels.begin(), type.map.levels.end(), [](const TypeLevel& l) {
                  return l.go.form == GoForm::Fixed && l.go.align > 1;
                });
  }
  std::vector<Text> notes;
  if (!imports.empty()) notes.push_back(say("Go imports: {}", fmt::format("{}", fmt::join(imports, ", "))));
  if (has_order) {
    notes.emplace_back(
        "What goes as it lies goes in the byte order of the machine: little-endian on amd64 and arm64, and then at the "
        "other end, too.");
  }
  return notes;
}

}  // namespace

Result<Report> typemap_report(Types types, const TableChoice& choice) {
  auto rows = std::make_shared<LevelRows>();
  for (const MappedType& type : types) {
    for (const TypeLevel& level : type.map.levels) rows->push_back({&type, &level});
  }
  const auto tables = chosen_tables({levels_table(rows), types_table(types)}, choice);
  if (!tables.is_ok()) return Issues(tables.issues());
  Report report{.document = {{"schema", "migplan/typemap/v1"}},
                .tables = {tables.value().front()},
                .notes = notes_of(types),
                .headlines = {headline(types)}};
  // Nothing chosen: both tables are left, and the document holds the levels within their types.
  if (tables.value().size() == 2) {
    report.document.emplace_back("types", types_list(types));
  } else {
    const auto& chosen = tables.value().front();
    report.document.emplace_back(chosen->key(), Value(std::shared_ptr<const Table>(chosen)));
  }
  return report;
}

}  // namespace migplan
