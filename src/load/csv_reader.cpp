#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "csv_rows.hpp"
#include "field_reader.hpp"
#include "inventory_parts.hpp"
#include "inventory_spec.hpp"
#include "json_events.hpp"
#include "migplan/base/nearest.hpp"

namespace migplan {
namespace {

// The columns as a tree of keys: "impact.sla_30d" stands under "impact".
struct Column {
  std::string key;
  const FieldSpec* field = nullptr;   // null under a free name
  std::optional<std::size_t> cell{};  // leaves
  std::vector<Column> inner{};
};

class CsvServices {
 public:
  CsvServices(FieldReader& reader, std::string_view name, Issues& issues)
      : reader_(reader), name_(name), issues_(issues) {}

  // False if there is no use in reading rows.
  bool header(const std::vector<Cell>& cells) {
    width_ = cells.size();
    for (std::size_t i = 0; i < cells.size(); ++i) add_column(cells[i], i);
    const bool has_name =
        std::any_of(columns_.begin(), columns_.end(), [](const Column& c) { return c.key == "name"; });
    if (!has_name) report(cells.front().at, "found no column \"name\" in the header", "");
    return has_name;
  }

  void row(const std::vector<Cell>& cells) {
    if (cells.size() == 1 && cells.front().text.empty()) return;
    if (cells.size() != width_) {
      report(cells.front().at, fmt::format("found {} cells, expected {} as in the header", cells.size(), width_), "");
      return;
    }
    reader_.begin_map(cells.front().at);
    for (const Column& column : columns_) feed(column, cells);
    if (!reader_.is_at_root()) reader_.end_map();
  }

 private:
  void report(Position at, std::string message, std::string hint) {
    issues_.add({Severity::Error, std::string(name_), at, "", std::move(message), std::move(hint)});
  }

  void add_column(const Cell& cell, std::size_t place) {
    if (cell.text.starts_with("x-")) return;
    const MapSpec* map = &service_spec();
    std::vector<Column>* level = &columns_;
    std::string_view left = cell.text;
    for (;;) {
      const std::string_view key = left.substr(0, left.find('.'));
      const FieldSpec* field = nullptr;
      if (map != nullptr) {
        field = find(*map, key);
        if (field == nullptr) return unknown_column(cell, *map, key);
      }
      Column& column = enter(*level, key, field);
      if (column.cell && key.size() != left.size()) {
        return report(
            cell.at,
            fmt::format("column {} stands beside {}, which holds all of it", in_quotes(cell.text), in_quotes(key)), "");
      }
      if (key.size() == left.size()) return set_leaf(column, cell, place);
      left.remove_prefix(key.size() + 1);
      level = &column.inner;
      const bool is_named =
          field != nullptr && (field->shape == Shape::NamedMaps || field->shape == Shape::NamedValues);
      if (field == nullptr) {
        map = free_name_map_;
      } else if (is_named) {
        map = nullptr;
        free_name_map_ = field->map;
      } else if (field->shape == Shape::Map) {
        map = field->map;
      } else {
        return report(cell.at, fmt::format("unknown column {}: {} has no parts", in_quotes(cell.text), field->key), "");
      }
    }
  }

  void set_leaf(Column& column, const Cell& cell, std::size_t place) {
    if (column.cell || !column.inner.empty())
      return report(cell.at, fmt::format("column {} stands twice", in_quotes(cell.text)), "");
    column.cell = place;
  }

  static const FieldSpec* find(const MapSpec& map, std::string_view key) {
    const auto at =
        std::find_if(map.fields.begin(), map.fields.end(), [key](const FieldSpec& f) { return f.key == key; });
    return at == map.fields.end() ? nullptr : &*at;
  }

  void unknown_column(const Cell& cell, const MapSpec& map, std::string_view key) {
    std::vector<std::string_view> known;
    for (const FieldSpec& field : map.fields) known.push_back(field.key);
    const std::string_view near = nearest_name(key, known);
    if (const std::string whole = column_ending_in(cell.text); !whole.empty()) {
      return report(cell.at, fmt::format("unknown column {}", in_quotes(cell.text)),
                    fmt::format("did you mean {}?", whole));
    }
    report(cell.at, fmt::format("unknown column {}", in_quotes(cell.text)),
           near.empty() ? fmt::format("known: {}", fmt::join(known, ", ")) : fmt::format("did you mean {}?", near));
  }

  // The column of a group's field whose last part is `name`: debt.sonar_debt_days for sonar_debt_days.
  static std::string column_ending_in(std::string_view name) {
    for (const FieldSpec& group : service_spec().fields) {
      if (group.shape == Shape::Map && find(*group.map, name) != nullptr) return fmt::format("{}.{}", group.key, name);
    }
    return {};
  }

  static Column& enter(std::vector<Column>& level, std::string_view key, const FieldSpec* field) {
    for (Column& column : level) {
      if (column.key == key) return column;
    }
    return level.emplace_back(Column{std::string(key), field});
  }

  static const Cell* first_filled(const Column& column, const std::vector<Cell>& cells) {
    if (column.cell) return cells[*column.cell].text.empty() ? nullptr : &cells[*column.cell];
    for (const Column& inner : column.inner) {
      if (const Cell* const cell = first_filled(inner, cells)) return cell;
    }
    return nullptr;
  }

  void feed(const Column& column, const std::vector<Cell>& cells) {
    const Cell* const first = first_filled(column, cells);
    if (first == nullptr || reader_.is_at_root()) return;
    reader_.key(column.key, first->at);
    if (column.cell) return feed_cell(column, *first);
    reader_.begin_map(first->at);
    for (const Column& inner : column.inner) feed(inner, cells);
    reader_.end_map();
  }

  void feed_cell(const Column& column, const Cell& cell) {
    const bool is_nested = column.field != nullptr && column.field->shape != Shape::Value;
    if (!is_nested) return reader_.scalar({ScalarKind::Untyped, cell.text, cell.at});
    if (cell.text.starts_with('[') || cell.text.starts_with('{')) return feed_json(cell);
    if (column.field->key == "depends_on") return feed_dependencies(cell);
    if (column.field->shape != Shape::ValueList) return reader_.scalar({ScalarKind::Untyped, cell.text, cell.at});
    reader_.begin_list(cell.at);
    for_each_item(cell.text, [&](std::string_view item) { reader_.scalar({ScalarKind::Untyped, item, cell.at}); });
    reader_.end_list();
  }

  void feed_json(const Cell& cell) {
    std::string padded = cell.text;
    padded.append(JsonEvents::kPadding, '\0');
    json_.feed_cell(padded.data(), cell.text.size(), cell.at, reader_);
  }

  // "cart; stock:weak; sms-gateway:external"
  void feed_dependencies(const Cell& cell) {
    reader_.begin_list(cell.at);
    for_each_item(cell.text, [&](std::string_view item) {
      reader_.begin_map(cell.at);
      const std::string_view target = item.substr(0, item.find(':'));
      reader_.key("service", cell.at);
      reader_.scalar({ScalarKind::Untyped, target, cell.at});
      while (item.find(':') != std::string_view::npos) {
        item.remove_prefix(item.find(':') + 1);
        const std::string_view word = item.substr(0, item.find(':'));
        const bool is_external = word == "external";
        reader_.key(is_external ? "external" : "strength", cell.at);
        reader_.scalar({ScalarKind::Untyped, is_external ? "true" : word, cell.at});
      }
      reader_.end_map();
    });
    reader_.end_list();
  }

  template <class Take>
  static void for_each_item(std::string_view text, const Take& take) {
    while (!text.empty()) {
      const std::size_t end = std::min(text.find_first_of(";\n"), text.size());
      std::string_view item = text.substr(0, end);
      while (item.starts_with(' ')) item.remove_prefix(1);
      while (item.ends_with(' ') || item.ends_with('\r')) item.remove_suffix(1);
      if (!item.empty()) take(item);
      text.remove_prefix(std::min(end + 1, text.size()));
    }
  }

  FieldReader& reader_;
  std::string_view name_;
  Issues& issues_;
  std::size_t width_ = 0;
  std::vector<Column> columns_;
  const MapSpec* free_name_map_ = nullptr;
  JsonEvents json_;
};

}  // namespace

ReadParts read_csv_inventory(ByteSource& source, std::string_view name, const PartOptions& options) {
  ReadParts read;
  const std::string all = read_all(source);
  const std::string_view text = without_mark(all);
  if (auto issue = text_fault(text, name)) {
    read.issues.add(*std::move(issue));
    return read;
  }
  InventoryPart part(options.file, options.profiles);
  ServiceDraft draft;
  draft.part = &part;
  FieldReader reader(service_spec(), &draft, name, read.issues, part.arena());
  CsvServices services(reader, name, read.issues);
  CsvRows rows(text);
  std::vector<Cell> cells;
  if (!rows.next(cells) && rows.fault().empty()) {
    read.issues.add({Severity::Error, std::string(name), {1, 1}, "", "found nothing, expected a header row", ""});
  } else if (rows.fault().empty() && services.header(cells)) {
    while (rows.next(cells)) {
      draft.reset();
      services.row(cells);
    }
  }
  if (!rows.fault().empty()) {
    read.issues.add({Severity::Error, std::string(name), rows.fault_position(), "", rows.fault(), ""});
  }
  read.add(std::move(part));
  return read;
}

}  // namespace migplan
