#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <set>
#include <utility>

#include "json_text.hpp"
#include "migplan/report/import_views.hpp"
#include "table_choice.hpp"

namespace migplan {
namespace {

// A table over rows of one type.
template <class Row>
class Rows {
 public:
  explicit Rows(std::span<const Row> rows) : rows_(rows) {}
  template <class Get>
  Column& add(const char* key, Shown shown, Get get) {
    columns_.push_back({key, key, shown, false, [rows = rows_, get](std::size_t i) -> Value { return get(rows[i]); }});
    return columns_.back();
  }
  std::shared_ptr<Table> table(const char* key, const char* title) {
    return std::make_shared<Table>(key, title, rows_.size(), std::move(columns_));
  }

 private:
  std::span<const Row> rows_;
  std::vector<Column> columns_;
};

Value text_of(const std::string& text) { return text_or_null(text); }

template <class Row>
void add_source_columns(Rows<Row>& rows) {
  rows.add("file", Shown::Always, [](const Row& r) { return text_of(r.source.file); }).heading = "from";
  rows.add("field", Shown::InData, [](const Row& r) { return text_of(r.source.field); });
  rows.add("tool", Shown::Always, [](const Row& r) { return text_of(r.source.tool); });
  rows.add("version", Shown::InData, [](const Row& r) { return text_of(r.source.version); });
  rows.add("taken", Shown::InData, [](const Row& r) { return text_of(r.source.taken); });
}

std::shared_ptr<Table> changes_table(const Merged& merged) {
  Rows<FactChange> rows(merged.changes);
  rows.add("service", Shown::Always, [](const auto& c) -> Value { return std::string_view(c.service); }).tone =
      [](std::size_t) { return Tone::Strong; };
  rows.add("fact", Shown::Always, [](const auto& c) -> Value { return std::string_view(c.fact); });
  rows.add("old", Shown::Always, [](const auto& c) { return c.before ? text_of(*c.before) : Value{}; });
  rows.add("new", Shown::Always, [](const auto& c) { return text_of(c.now); });
  add_source_columns(rows);
  return rows.table("changes", "Changes");
}

std::shared_ptr<Table> conflicts_table(const Merged& merged) {
  Rows<FactConflict> rows(merged.conflicts);
  rows.add("service", Shown::Always, [](const auto& c) -> Value { return std::string_view(c.service); }).tone =
      [](std::size_t) { return Tone::Strong; };
  rows.add("fact", Shown::Always, [](const auto& c) -> Value { return std::string_view(c.fact); });
  rows.add("kind", Shown::Always, [](const auto& c) { return word_value(name_of(c.kind)); });
  rows.add("stands", Shown::Always, [](const auto& c) { return text_of(c.before); });
  rows.add("stands_at", Shown::Always, [](const auto& c) { return text_of(c.before_from); }).heading = "at";
  rows.add("reported", Shown::Always, [](const auto& c) { return text_of(c.now); });
  add_source_columns(rows);
  rows.add("kept_by", Shown::Always, [](const auto& c) { return text_of(c.kept_by); }).heading = "kept by";
  return rows.table("conflicts", "Conflicts");
}

std::shared_ptr<Table> unmatched_table(const Merged& merged) {
  Rows<UnmatchedName> rows(merged.unmatched);
  rows.add("side", Shown::Always, [](const auto& u) -> Value { return Text(u.is_ours ? "inventory" : "report"); });
  rows.add("name", Shown::Always, [](const auto& u) -> Value { return std::string_view(u.name); }).tone =
      [](std::size_t) { return Tone::Strong; };
  rows.add("file", Shown::Always, [](const auto& u) { return text_of(u.file); });
  rows.add("why", Shown::Always, [](const auto& u) { return perhaps_word(u.why); });
  rows.add("nearest", Shown::Always, [](const auto& u) { return text_of(u.nearest); });
  return rows.table("unmatched", "Not matched");
}

std::shared_ptr<Table> left_out_table(const Merged& merged) {
  Rows<LeftOutNode> rows(merged.left_out);
  rows.add("name", Shown::Always, [](const auto& n) -> Value { return std::string_view(n.name); }).tone =
      [](std::size_t) { return Tone::Strong; };
  rows.add("kind", Shown::Always, [](const auto& n) { return perhaps_word(n.kind); });
  rows.add("why", Shown::Always, [](const auto& n) { return perhaps_word(n.why); });
  rows.add("file", Shown::Always, [](const auto& n) { return text_of(n.file); });
  Column& calls = rows.add("calls", Shown::Always, [](const auto& n) { return count_value(n.calls); });
  calls.is_numeric = true;
  return rows.table("left_out", "Left out: no services");
}

std::shared_ptr<Table> sources_table(std::span<const ImportedSource> sources) {
  Rows<ImportedSource> rows(sources);
  rows.add("format", Shown::Always, [](const auto& s) { return text_of(s.format); });
  rows.add("file", Shown::Always, [](const auto& s) { return text_of(s.file); });
  rows.add("tool", Shown::InData, [](const auto& s) { return text_of(s.tool); });
  rows.add("version", Shown::Always, [](const auto& s) { return text_of(s.version); });
  rows.add("taken", Shown::Always, [](const auto& s) { return text_of(s.taken); });
  const auto count = [&rows](const char* key, std::size_t ImportedSource::*member) {
    rows.add(key, Shown::Always, [member](const auto& s) { return count_value(s.*member); }).is_numeric = true;
  };
  count("subjects", &ImportedSource::subjects);
  count("facts", &ImportedSource::facts);
  count("vulnerabilities", &ImportedSource::vulnerabilities);
  count("calls", &ImportedSource::calls);
  return rows.table("sources", "Read");
}

std::size_t changed_services(const Merged& merged) {
  std::set<std::string_view> names;
  for (const FactChange& change : merged.changes) names.insert(change.service);
  return names.size();
}

List notes_of(const Issues& issues) {
  List notes;
  for (const Issue& issue : issues.kept()) {
    if (issue.severity == Severity::Error) continue;
    notes.emplace_back(
        Object{{"severity", name_of(issue.severity)}, {"file", text_or_null(issue.file)}, {"message", issue.message}});
  }
  return notes;
}

}  // namespace

std::vector<Text> import_summary(const ImportView& view) {
  const Merged& merged = *view.merged;
  std::vector<Text> lines;
  lines.push_back(say("{} of {} set ({} new), {} confirmed", counted(merged.changes.size(), "{} fact", "{} facts"),
                      counted(changed_services(merged), "{} service", "{} services"), merged.new_services.size(),
                      merged.confirmed));
  const auto open = static_cast<std::size_t>(
      std::count_if(merged.conflicts.begin(), merged.conflicts.end(), [](const auto& c) { return c.kept_by.empty(); }));
  if (!merged.conflicts.empty()) {
    lines.push_back(say("{}: {} open, {} kept as they stand",
                        counted(merged.conflicts.size(), "{} conflict", "{} conflicts"), open,
                        merged.conflicts.size() - open));
  }
  const auto ours = static_cast<std::size_t>(
      std::count_if(merged.unmatched.begin(), merged.unmatched.end(), [](const auto& u) { return u.is_ours; }));
  if (!merged.unmatched.empty()) {
    lines.push_back(say("not matched: {} of the reports, {} of the inventory",
                        counted(merged.unmatched.size() - ours, "{} name", "{} names"),
                        counted(ours, "{} service", "{} services")));
  }
  if (!merged.left_out.empty()) {
    lines.push_back(say("left out, no services: {}", counted(merged.left_out.size(), "{} name", "{} names")));
  }
  return lines;
}

Result<Report> import_report(const ImportView& view, const TableChoice& choice) {
  const Merged& merged = *view.merged;
  std::vector<std::shared_ptr<Table>> all{changes_table(merged), conflicts_table(merged), unmatched_table(merged),
                                          left_out_table(merged), sources_table(view.sources)};
  const auto chosen = chosen_tables(all, choice);
  if (!chosen.is_ok()) return Issues(chosen.issues());
  Report report{.document = {{"schema", "migplan/import/v1"},
                             {"inventory", text_or_null(view.into)},
                             {"confirmed", count_value(merged.confirmed)},
                             {"added", List{}}},
                .tables = {},
                .notes = {},
                .headlines = import_summary(view)};
  List added;
  for (const std::string& name : merged.new_services) added.emplace_back(std::string_view(name));
  report.document.back().second = std::move(added);
  for (const auto& table : chosen.value()) {
    report.document.emplace_back(table->key(), Value(std::shared_ptr<const Table>(table)));
    const bool is_shown = table->row_count() != 0 || chosen.value().size() == 1 || table->key() == "changes";
    if (is_shown) report.tables.push_back(table);
  }
  report.document.emplace_back("notes", notes_of(merged.issues));
  return report;
}

std::string provenance_json(const Provenance& provenance, std::string_view inventory) {
  std::string out = "{\"schema\": \"migplan/provenance/v1\", \"inventory\": ";
  append_json_text(out, inventory);
  out += ", \"facts\": [";
  const char* before = "\n";
  const auto add = [&out](std::string_view key, std::string_view value) {
    if (value.empty()) return;
    out += out.ends_with('{') ? "\"" : ", \"";
    out += key;
    out += "\": ";
    append_json_text(out, value);
  };
  for (const ProvenanceRecord& record : provenance.records()) {
    out += before;
    out += '{';
    add("service", record.service);
    add("fact", record.fact);
    out += ", \"value\": ";
    append_json_text(out, record.value);
    add("file", record.source.file);
    add("field", record.source.field);
    add("tool", record.source.tool);
    add("version", record.source.version);
    add("taken", record.source.taken);
    out += '}';
    before = ",\n";
  }
  return out + "\n]}\n";
}

}  // namespace migplan
