#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "markdown_text.hpp"
#include "migplan/report/playbook_views.hpp"
#include "playbook_document.hpp"
#include "rendered_runbook.hpp"
#include "runbook_markdown.hpp"
#include "table_choice.hpp"

namespace migplan {
namespace {

// One line of the checklist; of a step without checks its title.
struct CheckRow {
  const RenderedRunbook* runbook;
  const RenderedStep* step;
  const RenderedLine* check;
};
struct StepRow {
  const RenderedRunbook* runbook;
  const RenderedStep* step;
};
struct FindingRow {
  const RenderedRunbook* runbook;
  const TransactionPlan* plan;
  const TransactionFinding* finding;
};

// What the tables point into.
struct Rows {
  std::vector<RenderedRunbook> runbooks;
  std::vector<CheckRow> checks;
  std::vector<StepRow> steps;
  std::vector<FindingRow> findings;
};

std::shared_ptr<const Rows> make_rows(const PlaybookView& view) {
  auto rows = std::make_shared<Rows>();
  TemplateEngine engine;
  for (const Runbook& runbook : view.runbooks) {
    rows->runbooks.push_back(rendered_runbook(runbook, engine));
    rows->runbooks.back().name = view.landscape->card().inventory()[runbook.service].name;
  }
  for (const RenderedRunbook& runbook : rows->runbooks) {
    for (const RenderedStep& step : runbook.steps) {
      rows->steps.push_back({&runbook, &step});
      for (const RenderedLine& check : step.checks) rows->checks.push_back({&runbook, &step, &check});
      if (step.checks.empty()) rows->checks.push_back({&runbook, &step, &step.title});
    }
    for (const TransactionPlan& plan : runbook.runbook->derived.transactions) {
      for (const TransactionFinding& finding : plan.findings) rows->findings.push_back({&runbook, &plan, &finding});
    }
  }
  return rows;
}

class TableMaker {
 private:
  // add(key, shown, cell of a row)
  template <class Row>
  [[nodiscard]] auto adder(std::vector<Column>& columns, std::vector<Row> Rows::*member) const {
    return [this, &columns, member](const char* key, Shown shown, auto get) {
      columns.push_back(
          {key, key, shown, false, [rows = rows_, member, get](std::size_t i) { return get(((*rows).*member)[i]); }});
    };
  }

 public:
  TableMaker(const PlaybookView& view, std::shared_ptr<const Rows> rows) : view_(view), rows_(std::move(rows)) {}

  [[nodiscard]] std::shared_ptr<Table> checklist() const {
    std::vector<Column> columns;
    const auto add = adder(columns, &Rows::checks);
    add("service", Shown::Always, [](const CheckRow& r) -> Value { return r.runbook->name; });
    add("number", Shown::Always, [](const CheckRow& r) -> Value { return std::string_view(r.step->number); });
    add("section", Shown::InData, [](const CheckRow& r) { return section(*r.step); });
    add("step", Shown::Always, [](const CheckRow& r) { return step_id(*r.step); });
    add("check", Shown::Always, [](const CheckRow& r) -> Value { return std::string_view(r.check->plain); });
    add_phase(columns, &Rows::checks);
    return std::make_shared<Table>("checklist", "Checklist", rows_->checks.size(), std::move(columns));
  }

  [[nodiscard]] std::shared_ptr<Table> steps() const {
    std::vector<Column> columns;
    const auto add = adder(columns, &Rows::steps);
    add("service", Shown::Always, [](const StepRow& r) -> Value { return r.runbook->name; });
    add("number", Shown::Always, [](const StepRow& r) -> Value { return std::string_view(r.step->number); });
    add("section", Shown::Always, [](const StepRow& r) { return section(*r.step); });
    add("step", Shown::Always, [](const StepRow& r) { return step_id(*r.step); });
    add("title", Shown::Always, [](const StepRow& r) -> Value { return std::string_view(r.step->title.plain); });
    add_phase(columns, &Rows::steps);
    add("because", Shown::Always, [](const StepRow& r) { return text_or_null(r.step->chosen->because); });
    return std::make_shared<Table>("steps", "Steps", rows_->steps.size(), std::move(columns));
  }

  [[nodiscard]] std::shared_ptr<Table> services() const {
    std::vector<Column> columns = service_columns(view_);
    return std::make_shared<Table>("services", "Services", view_.runbooks.size(), std::move(columns));
  }

  [[nodiscard]] std::shared_ptr<Table> findings() const {
    std::vector<Column> columns;
    const auto add = adder(columns, &Rows::findings);
    add("service", Shown::Always, [](const FindingRow& r) -> Value { return r.runbook->name; });
    add("transaction", Shown::Always, [](const FindingRow& r) -> Value { return r.plan->declared->name; });
    add("step", Shown::Always,
        [](const FindingRow& r) { return r.finding->step == 0 ? Value{} : count_value(r.finding->step); });
    add("severity", Shown::Always, [](const FindingRow& r) { return word_value(name_of(r.finding->severity)); });
    add("message", Shown::Always, [](const FindingRow& r) -> Value { return std::string_view(r.finding->message); });
    return std::make_shared<Table>("findings", "Transactions", rows_->findings.size(), std::move(columns));
  }

 private:
  template <class Row>
  void add_phase(std::vector<Column>& columns, std::vector<Row> Rows::*member) const {
    const auto add = adder(columns, member);
    const auto date = [](const RenderedStep& step, Date PhaseDates::*day) {
      return step.chosen->dates ? Value(((*step.chosen->dates).*day).to_string()) : Value{};
    };
    const Shown dates = view_.schedule.empty() ? Shown::InData : Shown::Always;
    add("phase", Shown::Always, [](const Row& r) { return perhaps_word(r.step->chosen->phase); });
    add("start", dates, [date](const Row& r) { return date(*r.step, &PhaseDates::start); });
    add("finish", dates, [date](const Row& r) { return date(*r.step, &PhaseDates::finish); });
    add("gate", Shown::InData, [](const Row& r) { return text_or_null(r.step->gate.plain); });
  }

  static Value section(const RenderedStep& step) { return std::string_view(step.chosen->section->id); }
  static Value step_id(const RenderedStep& step) { return std::string_view(step.chosen->step->id); }

  const PlaybookView& view_;
  std::shared_ptr<const Rows> rows_;
};

Text headline(const PlaybookView& view, const Rows& rows) {
  const auto settled = std::count_if(rows.findings.begin(), rows.findings.end(),
                                     [](const FindingRow& row) { return row.finding->severity == Severity::Error; });
  Text out = say("{}, {} steps, {} checks", counted(view.runbooks.size(), "{} service", "{} services"),
                 rows.steps.size(), rows.checks.size());
  if (settled != 0) {
    out += counted(settled, "; {} fault of transactions to be settled first",
                   "; {} faults of transactions to be settled first");
  }
  return out;
}

void write_all(const PlaybookView& view, const Rows& rows, ByteSink& sink) {
  for (const RenderedRunbook& runbook : rows.runbooks) {
    if (&runbook != &rows.runbooks.front()) sink.write("\n");
    sink.write(runbook_markdown(view, runbook));
  }
}

}  // namespace

Result<Report> playbook_report(const PlaybookView& view, const TableChoice& choice) {
  const auto rows = make_rows(view);
  const TableMaker make(view, rows);
  const auto tables = chosen_tables({make.checklist(), make.steps(), make.services(), make.findings()}, choice);
  if (!tables.is_ok()) return Issues(tables.issues());
  const auto& kept = tables.value();
  Report report{.document = {{"schema", "migplan/playbook/v1"}},
                .tables = {kept.begin(), kept.end()},
                .notes = {},
                .headlines = {headline(view, *rows)}};
  if (kept.size() == 1) {
    report.document.emplace_back(kept.front()->key(), Value(std::shared_ptr<const Table>(kept.front())));
    return report;
  }
  report.document.emplace_back("schedule", text_or_null(view.schedule));
  report.document.emplace_back("services", playbook_list(view, rows->runbooks));
  report.markdown = [view, rows](ByteSink& sink) { write_all(view, *rows, sink); };
  return report;
}

std::vector<RunbookFile> runbook_files(const PlaybookView& view) {
  TemplateEngine engine;
  std::vector<RunbookFile> files;
  for (const Runbook& runbook : view.runbooks) {
    const std::string_view name = view.landscape->card().inventory()[runbook.service].name;
    files.push_back({runbook_file(name), runbook_markdown(view, rendered_runbook(runbook, engine))});
  }
  files.push_back({"index.md", runbook_index(view)});
  return files;
}

}  // namespace migplan
