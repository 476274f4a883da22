#include "migplan/load/inventory_text_reader.hpp"

#include <fmt/format.h>

#include <utility>
#include <vector>

#include "inventory_parts.hpp"
#include "inventory_spec.hpp"
#include "json_layout.hpp"
#include "yaml_events.hpp"
#include "yaml_layout.hpp"

namespace migplan {
namespace {

constexpr std::size_t kLargest = std::size_t{1} << 30;  // yaml-cpp counts in an int, the layout in 32 bits

Issue refused(std::string_view name, std::string message, std::string hint) {
  return {Severity::Error, std::string(name), {}, "", std::move(message), std::move(hint)};
}

InventoryFormat format_of(std::string_view text, std::string_view name) {
  if (const auto format = inventory_format_of(name)) return *format;
  const std::size_t first = text.find_first_not_of("\xEF\xBB\xBF \t\r\n");
  const bool is_json = first != std::string_view::npos && (text[first] == '{' || text[first] == '[');
  return is_json ? InventoryFormat::Json : InventoryFormat::Yaml;
}

ReadParts read_yaml(std::string_view text, std::string_view name, InventoryText& layout) {
  ReadParts read;
  InventoryPart part(0);
  InventoryDraft draft;
  draft.draft.part = &part;
  FieldReader reader(inventory_spec(), &draft, name, read.issues, part.arena());
  TextSource source(text);
  YamlLayout noted(layout);
  feed_yaml(source, reader, &noted);
  if (!read.issues.has_errors()) noted.finish();
  read.add(std::move(part));
  return read;
}

Result<PlacedInventory> placed(ReadParts read, InventoryText layout, std::string_view name, unsigned threads) {
  if (read.issues.has_syntax_errors()) return std::move(read.issues);
  auto inventory = Inventory::create(std::move(read.parts), read.runs, {std::string(name)}, threads);
  read.issues.append(Issues(inventory.issues()));
  if (read.issues.has_errors()) return std::move(read.issues);
  return Result<PlacedInventory>(PlacedInventory{std::move(inventory).value(), std::move(layout)},
                                 std::move(read.issues));
}

}  // namespace

Result<PlacedInventory> read_placed_inventory(std::string_view text, std::string_view name, unsigned threads) {
  if (text.size() > kLargest) {
    return refused(name, "is larger than 1 GiB, which import does not change", "divide it into several inventories");
  }
  InventoryText layout;
  layout.text = text;
  switch (format_of(text, name)) {
    case InventoryFormat::Yaml: {
      auto read = read_yaml(text, name, layout);
      return placed(std::move(read), std::move(layout), name, threads);
    }
    case InventoryFormat::Csv:
      return refused(name, "is CSV, which import does not change",
                     "edit the sheet itself, or keep the inventory as YAML");
    case InventoryFormat::Json: {
      TextSource source(text);
      auto read = read_json_inventory(source, name, {});
      if (!read.issues.has_errors()) layout = inventory_layout(text, TextSyntax::Json);
      return placed(std::move(read), std::move(layout), name, threads);
    }
    case InventoryFormat::JsonLines: break;
  }
  TextSource source(text);
  auto read = read_jsonl_inventory(source, name, {}, threads);
  if (!read.issues.has_errors()) layout = inventory_layout(text, TextSyntax::JsonLines);
  return placed(std::move(read), std::move(layout), name, threads);
}

InventoryText inventory_layout(std::string_view text, TextSyntax syntax) {
  InventoryText layout;
  layout.text = text;
  layout.syntax = syntax;
  if (syntax == TextSyntax::Yaml) {
    read_yaml(text, "", layout);
  } else {
    note_json(layout);
  }
  return layout;
}

Result<InventoryText> reread(std::string_view text, std::string_view name, TextSyntax syntax) {
  InventoryText layout;
  layout.text = text;
  layout.syntax = syntax;
  if (syntax == TextSyntax::Yaml) {
    ReadParts read = read_yaml(text, name, layout);
    return Result<InventoryText>(std::move(layout), std::move(read.issues));
  }
  TextSource source(text);
  ReadParts read =
      syntax == TextSyntax::Json ? read_json_inventory(source, name, {}) : read_jsonl_inventory(source, name, {}, 1);
  if (!read.issues.has_errors()) note_json(layout);
  return Result<InventoryText>(std::move(layout), std::move(read.issues));
}

}  // namespace migplan
