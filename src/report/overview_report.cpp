#include <algorithm>
#include <array>
#include <utility>

#include "migplan/report/overview_view.hpp"
#include "overview_tables.hpp"
#include "policy_document.hpp"
#include "table_choice.hpp"

namespace migplan {
namespace {

using Tables = std::vector<std::shared_ptr<Table>>;

Value member(const Object& document, std::string_view key) {
  for (const auto& [name, value] : document) {
    if (name == key) return value;
  }
  return {};
}

Result<OverviewParts> parts_of(const OverviewView& view) {
  const TableChoice everything;
  Issues issues;
  const auto take = [&issues](Result<Report> made) {
    if (!made.is_ok()) issues.append(Issues(made.issues()));
    return made.is_ok() ? std::move(made).value() : Report{};
  };
  OverviewParts parts;
  parts.score = take(score_report(*view.card, everything));
  parts.matrix = take(matrix_report(*view.card, everything));
  parts.sensitivity = take(sensitivity_report(*view.card, *view.sensitivity, everything));
  parts.explain = take(explain_report(*view.card, view.explained, everything));
  parts.schedule = take(schedule_report(view.schedule, everything));
  if (issues.has_errors()) return issues;
  if (!view.schedule_file.empty()) {  // nothing was searched for
    std::erase_if(parts.schedule.document, [](const auto& entry) { return entry.first == "search"; });
  }
  return parts;
}

// The windows that are not over on the day asked about, or the first ones.
List next_windows(const OverviewView& view) {
  constexpr std::size_t kShown = 3;
  List list;
  const Plan* const plan = view.schedule.planning->plan.get();
  if (plan == nullptr) return list;
  for (const Wave& wave : plan->waves()) {
    const auto day = [&](std::uint32_t migration) {
      return plan->programme().date_of(plan->cutover(plan->programme().migrations()[migration]));
    };
    if (list.size() == kShown || (view.as_of && day(wave.migrations.back()) < *view.as_of)) continue;
    list.emplace_back(Object{{"window", wave.window.to_string()},
                             {"count", count_value(wave.migrations.size())},
                             {"first", day(wave.migrations.front()).to_string()},
                             {"last", day(wave.migrations.back()).to_string()}});
  }
  return list;
}

Value last_cutover(const OverviewView& view) {
  const Plan* const plan = view.schedule.planning->plan.get();
  if (plan == nullptr || plan->programme().migrations().empty()) return {};
  Day last = 0;
  for (const Migration& migration : plan->programme().migrations()) last = std::max(last, plan->cutover(migration));
  return plan->programme().date_of(last).to_string();
}

Object overview_object(const OverviewView& view, const OverviewParts& parts, const std::shared_ptr<Table>& states) {
  const Programme& programme = *view.schedule.planning->programme;
  const Value outlook = member(parts.schedule.document, "outlook");
  return {{"services", count_value(view.card->inventory().size())},
          {"start", programme.policy().start.to_string()},
          {"end", programme.end().to_string()},
          {"end_met", member(parts.schedule.document, "end_met")},
          {"last_cutover", last_cutover(view)},
          {"p_end", outlook.object() != nullptr ? member(*outlook.object(), "p_end") : Value{}},
          {"states", Value(std::shared_ptr<const Table>(states))},
          {"next_windows", next_windows(view)}};
}

template <class Texts>
List list_of(const Texts& texts) {
  List list;
  for (const auto& text : texts) list.emplace_back(text);
  return list;
}

List left_out_list(const OverviewView& view) {
  List list;
  for (const LeftOut& left : view.left_out) list.emplace_back(Object{{"what", left.what}, {"why", left.why}});
  return list;
}

// What people should know before they read the numbers.
std::vector<Text> notes_of(const OverviewView& view, const OverviewParts& parts) {
  std::vector<Text> notes = parts.score.notes;
  const bool is_about_the_end = view.schedule.infeasible != nullptr && view.schedule_file.empty();
  if (is_about_the_end) notes.insert(notes.end(), parts.schedule.notes.begin(), parts.schedule.notes.end());
  for (const LeftOut& left : view.left_out) notes.push_back(say("{}: {}", left.what, left.why));
  return notes;
}

// Tables that stand in the document of a part, in this order; those that a table of ours says already are not among
// them.
void add_tables_of(const Object& document, std::initializer_list<std::string_view> keys, Tables& tables) {
  for (const std::string_view key : keys) {
    if (const auto table = table_in(document, key)) tables.push_back(std::make_shared<Table>(*table));
  }
}

// Long lists that another table sums up: only when they are named.
bool is_shown_unasked(const Table& table) {
  constexpr std::array<std::string_view, 6> kHidden{"quadrant", "load", "calls", "facts", "flips", "risk"};
  return std::find(kHidden.begin(), kHidden.end(), table.key()) == kHidden.end();
}

bool is_early(const Table& table) { return table.key() == "states" || table.key() == "broken"; }

Tables tables_of(const OverviewParts& parts, const std::shared_ptr<Table>& services, const Tables& own) {
  Tables tables{std::make_shared<Table>(*services)};
  for (const auto& table : own) {
    if (is_early(*table)) tables.push_back(std::make_shared<Table>(*table));
  }
  add_tables_of(parts.matrix.document, {"cells", "quadrant"}, tables);
  add_tables_of(parts.schedule.document,
                {"waves", "resources", "finish", "missed", "bridges", "critical_chain", "load", "risk"}, tables);
  for (const auto& table : own) {
    if (!is_early(*table)) tables.push_back(std::make_shared<Table>(*table));
  }
  for (const auto& table : parts.explain.tables) tables.push_back(std::make_shared<Table>(*table));
  return tables;
}

Object document_of(const OverviewView& view, OverviewParts& parts, const Tables& own,
                   const std::shared_ptr<Table>& services) {
  const auto as_value = [](const std::shared_ptr<Table>& table) { return Value(std::shared_ptr<const Table>(table)); };
  const Object policy = policy_document(view.card->policy());
  Object document{{"schema", "migplan/report/v1"}};
  document.emplace_back("as_of", view.as_of ? Value(view.as_of->to_string()) : Value{});
  document.emplace_back("inventory", list_of(view.card->inventory().files()));
  document.emplace_back("schedule_file", text_or_null(view.schedule_file));
  document.emplace_back("overview", overview_object(view, parts, own[0]));
  document.emplace_back("notes", list_of(notes_of(view, parts)));
  document.emplace_back("left_out", left_out_list(view));
  document.emplace_back("quadrant", member(policy, "quadrant"));
  document.emplace_back("freezes", freeze_list(view.card->policy().schedule().calendar));
  document.emplace_back("services", as_value(services));
  document.emplace_back("score", std::move(parts.score.document));
  document.emplace_back("matrix", std::move(parts.matrix.document));
  document.emplace_back("sensitivity", std::move(parts.sensitivity.document));
  document.emplace_back("schedule", std::move(parts.schedule.document));
  document.emplace_back("graph", Object{{"calls", as_value(own[1])}, {"cycles", as_value(own[2])}});
  document.emplace_back("checks", as_value(own[3]));
  document.emplace_back("explain", std::move(parts.explain.document));
  return document;
}

// What a workbook holds besides: the tables of the commands that the report is put together from, under names that say
// so.
void add_parts(const OverviewParts& parts, Report& report) {
  const auto add = [&report](const char* name, const std::shared_ptr<const Table>& table) {
    if (table != nullptr) report.more.push_back({name, table});
  };
  add("scores", table_in(parts.score.document, "services"));
  add("firmness", table_in(parts.sensitivity.document, "services"));
  add("schedule", table_in(parts.schedule.document, "services"));
  for (const NamedTable& more : parts.schedule.more) {
    if (more.name == "phases" || more.name == "long_ramps") report.more.push_back(more);
  }
  report.calendar = parts.schedule.timetable;
}

}  // namespace

Result<Report> overview_report(const OverviewView& view, const TableChoice& choice) {
  auto made = parts_of(view);
  if (!made.is_ok()) return std::move(made).issues();
  OverviewParts parts = std::move(made).value();
  const std::shared_ptr<Table> services = overview_services(view, parts);
  const Tables own{states_table(*view.card), calls_table(*view.card), cycles_table(*view.card),
                   verdicts_table(view.checks), broken_table(view.schedule.infeasible)};
  Tables tables = tables_of(parts, services, own);
  const std::size_t all = tables.size();
  auto chosen = chosen_tables(std::move(tables), choice);
  if (!chosen.is_ok()) return std::move(chosen).issues();
  Report report{.document = {}, .tables = {}, .notes = notes_of(view, parts)};
  const bool is_everything = chosen.value().size() == all;
  for (const auto& table : chosen.value()) {
    const bool is_shown = !is_everything || (is_shown_unasked(*table) && table->row_count() > 0);
    if (is_shown) {
      report.tables.push_back(table);
    } else {
      report.more.push_back({table->key(), table});
    }
  }
  if (report.tables.empty()) report.tables.push_back(chosen.value().front());
  if (is_everything) add_parts(parts, report);
  report.headlines = parts.schedule.headlines;
  report.headlines.insert(report.headlines.end(), parts.sensitivity.headlines.begin(),
                          parts.sensitivity.headlines.end());
  report.document = document_of(view, parts, own, services);
  report.has_page = true;
  return report;
}

}  // namespace migplan
