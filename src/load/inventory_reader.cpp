#include "migplan/load/inventory_reader.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <thread>
#include <utility>

#include "field_reader.hpp"
#include "inventory_parts.hpp"
#include "inventory_spec.hpp"
#include "json_events.hpp"
#include "yaml_events.hpp"

namespace migplan {
namespace {

std::string_view trimmed(std::string_view text) {
  const auto from = text.find_first_not_of(" \t\r\n");
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(" \t\r\n") - from + 1);
}

// A line that is a whole map by itself, and is no inventory document on one line, begins JSON Lines.
bool begins_json_lines(std::string_view text) {
  const std::string_view line = trimmed(text.substr(0, text.find('\n')));
  return line.size() > 2 && line.back() == '}' && line.find("\"services\"") == std::string_view::npos;
}

InventoryFormat format_of_text(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  text = text.substr(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  if (text.starts_with('[')) return InventoryFormat::Json;
  if (text.starts_with('{')) return begins_json_lines(text) ? InventoryFormat::JsonLines : InventoryFormat::Json;
  const std::string_view line = text.substr(0, text.find('\n'));
  const bool is_header = line.find(':') == std::string_view::npos && !line.starts_with('#') && !line.starts_with('-') &&
                         (line.find_first_of(",;\t") != std::string_view::npos || trimmed(line) == "name");
  return is_header ? InventoryFormat::Csv : InventoryFormat::Yaml;
}

ReadParts read_one(InventorySource& source, const PartOptions& options, unsigned threads) {
  ReadParts read;
  PeekedSource peeked(*source.bytes);
  switch (source.format ? *source.format : format_of_text(peeked.front())) {
    case InventoryFormat::Yaml: read = read_yaml_inventory(peeked, source.name, options); break;
    case InventoryFormat::Json: read = read_json_inventory(peeked, source.name, options); break;
    case InventoryFormat::JsonLines: read = read_jsonl_inventory(peeked, source.name, options, threads); break;
    case InventoryFormat::Csv: read = read_csv_inventory(peeked, source.name, options); break;
  }
  if (!peeked.error().empty()) {
    Issues failed;
    failed.add({Severity::Error, source.name, {}, "", std::string(peeked.error()), "", Cause::Access});
    read = {};
    read.issues = std::move(failed);
  }
  source.bytes.reset();
  return read;
}

std::vector<ReadParts> read_each(std::vector<InventorySource>& sources, unsigned threads, Profiles profiles) {
  std::vector<ReadParts> read(sources.size());
  if (sources.size() == 1) {
    read[0] = read_one(sources[0], {0, profiles}, threads);
    return read;
  }
  std::atomic<std::size_t> next{0};
  const auto work = [&sources, &read, &next, profiles] {
    for (std::size_t i = next++; i < sources.size(); i = next++) {
      read[i] = read_one(sources[i], {static_cast<std::uint32_t>(i), profiles}, 1);
    }
  };
  std::vector<std::jthread> pool;
  for (unsigned i = 1; i < std::min<std::size_t>(threads, sources.size()); ++i) pool.emplace_back(work);
  work();
  return read;
}

}  // namespace

std::optional<InventoryFormat> inventory_format_of(std::string_view file_name) noexcept {
  static constexpr std::array<std::pair<std::string_view, InventoryFormat>, 6> kEndings{{
      {".yaml", InventoryFormat::Yaml},
      {".yml", InventoryFormat::Yaml},
      {".json", InventoryFormat::Json},
      {".jsonl", InventoryFormat::JsonLines},
      {".ndjson", InventoryFormat::JsonLines},
      {".csv", InventoryFormat::Csv},
  }};
  for (const auto& [ending, format] : kEndings) {
    if (file_name.ends_with(ending)) return format;
  }
  return std::nullopt;
}

Result<Inventory> read_inventory(std::vector<InventorySource> sources, unsigned threads, Profiles profiles) {
  std::vector<std::string> files;
  files.reserve(sources.size());
  for (const InventorySource& source : sources) files.push_back(source.name);
  Issues issues;
  std::vector<InventoryPart> parts;
  std::vector<InventoryRun> runs;
  for (ReadParts& read : read_each(sources, std::max(threads, 1U), profiles)) {
    issues.append(std::move(read.issues));
    for (const InventoryRun& run : read.runs) runs.push_back({parts.size() + run.part, run.first, run.count});
    std::move(read.parts.begin(), read.parts.end(), std::back_inserter(parts));
  }
  if (issues.has_syntax_errors() || issues.has_access_errors()) {  // nothing can be said of names that may stand behind
    issues.sort(files);
    return issues;
  }
  Result<Inventory> inventory = Inventory::create(std::move(parts), runs, files, threads);
  if (!issues.is_empty()) {
    issues.append(Issues(inventory.issues()));
    issues.sort(files);
    if (issues.has_errors()) return issues;
    return Result<Inventory>(std::move(inventory).value(), std::move(issues));
  }
  return inventory;
}

bool is_json_schema(std::string_view beginning) noexcept {
  return trimmed(beginning).starts_with('{') && beginning.find("\"$schema\"") != std::string_view::npos;
}

std::string_view declared_schema(std::string_view beginning) noexcept {
  for (auto at = beginning.find("migplan/"); at != std::string_view::npos; at = beginning.find("migplan/", at + 1)) {
    const std::string_view before = beginning.substr(0, at);
    const auto line = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
    const std::string_view lead = before.substr(line);
    if (lead.find('#') != std::string_view::npos || lead.find("schema") == std::string_view::npos) continue;
    const auto end = beginning.find_first_of("\"' \r\n,}", at);
    return beginning.substr(at, end == std::string_view::npos ? end : end - at);
  }
  return {};
}

ReadParts read_yaml_inventory(ByteSource& source, std::string_view name, const PartOptions& options) {
  ReadParts read;
  InventoryPart part(options.file, options.profiles);
  InventoryDraft draft;
  draft.draft.part = &part;
  FieldReader reader(inventory_spec(), &draft, name, read.issues, part.arena());
  feed_yaml(source, reader);
  read.add(std::move(part));
  return read;
}

ReadParts read_json_inventory(ByteSource& source, std::string_view name, const PartOptions& options) {
  ReadParts read;
  std::string text = read_all(source);
  const std::size_t length = text.size();
  text.append(JsonEvents::kPadding, '\0');
  const std::size_t mark = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  InventoryPart part(options.file, options.profiles);
  InventoryDraft draft;
  draft.draft.part = &part;
  FieldReader reader(inventory_spec(), &draft, name, read.issues, part.arena());
  JsonEvents().feed(text.data() + mark, length - mark, 1, reader);
  read.add(std::move(part));
  return read;
}

}  // namespace migplan
