#include "migplan/load/plan_reader.hpp"

#include <algorithm>
#include <utility>

#include "csv_rows.hpp"
#include "document_reader.hpp"
#include "json_events.hpp"
#include "migplan/load/inventory_reader.hpp"
#include "plan_csv.hpp"
#include "plan_spec.hpp"

namespace migplan {
namespace {

constexpr std::string_view kHint = "migplan schedule writes plans: -f json, csv or msproject";

std::string_view first_line(std::string_view text) { return text.substr(0, text.find('\n')); }

bool begins_object(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && text[first] == '{';
}

// A line that is a phase by itself: no document begins so.
bool is_json_lines(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  const std::string_view line = first_line(text);
  return line.find("\"phase\"") != std::string_view::npos && line.find("\"schema\"") == std::string_view::npos;
}

void feed_json(std::string text, FieldReader& reader) {
  const std::size_t length = text.size();
  text.append(JsonEvents::kPadding, '\0');
  JsonEvents().feed(text.data(), length, 1, reader);
}

void feed_json_lines(std::string text, FieldReader& reader) {
  const std::size_t length = text.size();
  text.append(JsonEvents::kPadding, '\0');
  JsonEvents events;
  events.begin_lines(text.data(), length);
  std::uint32_t number = 1;
  for (std::size_t at = 0; at < length; ++number) {
    const std::size_t end = std::min(text.find('\n', at), length);
    const bool is_blank = text.find_first_not_of(" \t\r", at) >= end;
    if (!is_blank) events.feed_line(text.data() + at, end - at, number, reader);
    at = end + 1;
  }
}

Issue about(std::string_view name, Position at, std::string message, Cause cause = Cause::Content) {
  return {Severity::Error, std::string(name), at, "", std::move(message), std::string(kHint), cause};
}

}  // namespace

Result<PlanDates> read_plan(ByteSource& source, std::string_view name) {
  const std::string all = read_all(source);
  if (!source.error().empty()) {
    return Issue{Severity::Error, std::string(name), {}, "", std::string(source.error()), "", Cause::Access};
  }
  const std::string_view text = without_mark(all), beginning = text.substr(0, kSchemaWithin);
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) {
    return about(name, {1, 1}, "found nothing, expected a plan");
  }
  PlanDraft draft;
  TextArena arena;
  Issues issues;
  const bool is_object = begins_object(text), is_lines = is_object && is_json_lines(text);
  const bool is_document = !is_lines && (is_object || !declared_schema(beginning).empty());
  if (is_document) {
    if (auto issue = other_schema(beginning, name, "plan", kScheduleSchema, kHint)) return *std::move(issue);
    FieldReader reader(plan_spec(), &draft, name, issues, arena);
    feed_json(std::string(text), reader);
  } else if (is_lines) {
    FieldReader reader(plan_row_spec(), &draft, name, issues, arena);
    feed_json_lines(std::string(text), reader);
  } else {
    read_plan_csv(text, name, draft, issues, arena);
  }
  if (issues.has_errors()) return issues;
  if (draft.plan.services.empty()) return about(name, {1, 1}, "the plan has no phases");
  draft.plan.file = name;
  return std::move(draft.plan);
}

}  // namespace migplan
