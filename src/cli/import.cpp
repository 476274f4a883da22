#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "command.hpp"
#include "evidence_files.hpp"
#include "import_files.hpp"
#include "interrupt.hpp"
#include "migplan/load/inventory_facts.hpp"
#include "migplan/load/inventory_text_reader.hpp"
#include "migplan/merge/edit_check.hpp"
#include "migplan/merge/text_edit.hpp"
#include "usage.hpp"

namespace migplan::cli {
namespace {

struct ImportOptions {
  ImportRequest request;
  std::string on_conflict = "report";
  std::string out;
  bool adds = false, is_dry_run = false;
};

// The inventory as it is, or an empty one.
struct Target {
  std::string file;  // read; empty = a new inventory
  std::string out;   // written; empty = standard output
  std::string text;
  std::optional<PlacedInventory> placed{};
  InventoryText new_layout{};
  [[nodiscard]] const InventoryText& layout() const { return placed ? placed->layout : new_layout; }
};

OnConflict on_conflict_of(const std::string& choice) {
  if (choice == "keep") return OnConflict::Keep;
  return choice == "replace" ? OnConflict::Replace : OnConflict::Report;
}

Issues usage_issues(const Session& session, const ImportOptions& own, const ImportPlan& plan) {
  Issues issues;
  std::vector<std::string> read;
  for (const ImportSource& source : plan.sources) read.insert(read.end(), source.files.begin(), source.files.end());
  if (plan.into == "-") issues.add(usage_issue("--into: standard input cannot be changed", "name a file"));
  for (const std::string& written : {own.out, plan.into}) {
    const auto is_written = [&written](const std::string& path) { return is_same_path(path, written); };
    if (!written.empty() && written != "-" && std::any_of(read.begin(), read.end(), is_written)) {
      issues.add(usage_issue(fmt::format("{} is a report, and would be replaced", written)));
    }
  }
  const bool goes_to_standard_output = own.is_dry_run || (own.out == "-" || (own.out.empty() && plan.into.empty()));
  if (goes_to_standard_output && !session.options().format.empty()) {
    issues.add(usage_issue(own.is_dry_run ? "--format: the diff goes to standard output"
                                          : "--format: the inventory goes to standard output",
                           own.is_dry_run ? "leave one of the two out" : "-o FILE takes the inventory"));
  }
  read.push_back(own.request.map);
  read.push_back(own.request.manifest);
  issues.append(session.input_issues(std::move(read)));
  return issues;
}

TextSyntax syntax_of(const std::string& out) {
  const auto format = inventory_format_of(out);
  if (format == InventoryFormat::Json) return TextSyntax::Json;
  return format == InventoryFormat::JsonLines ? TextSyntax::JsonLines : TextSyntax::Yaml;
}

// Whether the name of a file promises another format than its text will have.
bool is_of_other_format(const std::string& out, TextSyntax syntax) {
  const auto format = inventory_format_of(out);
  return format == InventoryFormat::Csv || (format && syntax_of(out) != syntax);
}

// An inventory that somebody wrote is brought up to date, and not replaced by a new one.
Issues replaced_inventory(Session& session, const std::string& out) {
  const Disk& disk = session.env().disk;
  const bool is_written = disk.kind(out) == PathKind::File && disk.size(out).value_or(0) != 0;
  if (!is_written || disk.kind(provenance_path(out)) != PathKind::Missing) return {};
  return Issues::of(
      usage_issue(fmt::format("-o: {} is there, and import did not make it", out), "--into brings it up to date"));
}

Result<std::string> text_of(Session& session, const std::string& path) {
  const auto source = session.open(path);
  if (!source.is_ok()) return Issues(source.issues());
  std::string text = read_all(*source.value());
  if (!source.value()->error().empty()) return access_issue(path, std::string(source.value()->error()));
  return text;
}

// `target.text` must not move afterwards: the layout points into it.
Issues read_target(Session& session, Target& target) {
  if (target.file.empty()) {
    if (inventory_format_of(target.out) == InventoryFormat::Csv) {
      return Issues::of(
          usage_issue("-o: import writes YAML, JSON or JSON Lines", "name a .yaml, .json or .jsonl file"));
    }
    if (Issues replaced = replaced_inventory(session, target.out); replaced.has_errors()) return replaced;
    target.text = empty_inventory(syntax_of(target.out));
    target.new_layout = inventory_layout(target.text, syntax_of(target.out));
    return {};
  }
  auto text = text_of(session, target.file);
  if (!text.is_ok()) return Issues(text.issues());
  target.text = std::move(text).value();
  auto placed = read_placed_inventory(target.text, target.file, session.threads());
  if (!placed.is_ok()) return Issues(placed.issues());
  target.placed = std::move(placed).value();
  if (is_of_other_format(target.out, target.layout().syntax)) {
    return Issues::of(usage_issue(fmt::format("-o: {} stays in its own format", target.file),
                                  "name a file with the ending of --into"));
  }
  return {};
}

// The new text is read again before anybody sees it: it must be without errors and say what was decided, no more.
Issues check_edits(const Target& target, const std::vector<TextEdit>& edits, const Merged& merged) {
  const InventoryText& before = target.layout();
  constexpr std::size_t kWholeUpTo = std::size_t{1} << 18;  // bytes, that are read within a tenth of a second
  const Reread again = reread_text(before, edits, merged.changes, kWholeUpTo);
  const auto read =
      reread(again.text, target.out.empty() ? "<new inventory>" : target.out + " (as it would be)", before.syntax);
  if (!read.is_ok()) return Issues(read.issues());
  Issues issues;
  const std::string wrong = difference(before, again.changes, merged.new_services, read.value(), again.is_whole);
  if (!wrong.empty()) {
    // A text in lines of its own (| or >) that ends the file changes when a line comes behind it.
    const bool ends_in_line = before.text.empty() || before.text.ends_with('\n');
    issues.add({Severity::Error,
                target.file,
                {},
                "",
                "cannot be edited: " + wrong,
                ends_in_line ? "please report this, with the file" : "end the file with a newline, then import again"});
  }
  return issues;
}

// Both files or, while the disk lets it, none; never over a change that somebody made meanwhile.
int write_files(Session& session, const Target& target, const std::string& text, const std::string& provenance) {
  Disk& disk = session.env().disk;
  std::vector<std::unique_ptr<OutputFile>> written;
  Issues issues;
  const bool is_unchanged = target.file == target.out && text == target.text;
  const auto stage = [&](const std::string& path, std::string_view bytes) {
    auto out = disk.create(path);
    issues.append(Issues(out.issues()));
    if (!out.is_ok()) return;
    written.push_back(std::move(out).value());
    written.back()->write(bytes);
    const std::string failure = written.back()->stage();
    if (!failure.empty()) issues.add(access_issue(path, failure));
  };
  if (!is_unchanged) stage(target.out, text);
  const bool has_side_file = disk.kind(target.out) != PathKind::Other;
  if (has_side_file) stage(provenance_path(target.out), provenance);
  if (issues.has_errors()) return session.fail(issues);
  if (!target.file.empty()) {
    const auto now = text_of(session, target.file);
    if (!now.is_ok() || now.value() != target.text) {
      issues.add(access_issue(target.file, "changed while it was imported into: nothing is written"));
      issues.append(Issues(now.issues()));
      return session.fail(issues);
    }
  }
  const InterruptPause pause;  // what has begun to be replaced is replaced
  for (const auto& file : written) {
    const std::string failure = file->finish();
    if (!failure.empty()) issues.add(access_issue(target.out, failure));
  }
  return issues.has_errors() ? session.fail(issues) : kDone;
}

int hand_over(Session& session, const ImportOptions& own, const Target& target, const std::vector<TextEdit>& edits,
              const Merged& merged, const ReadReports& read) {
  const ImportView view{&merged, read.sources, target.out};
  const int code = merged.has_open_conflicts() ? kNo : kDone;
  const auto print = [&](const std::string& text) {
    session.diagnostics().report(remarks_of(merged));
    for (const Text& line : import_summary(view)) session.diagnostics().note(line.english());
    const int printed = session.print_text(text);
    return printed == kDone ? code : printed;
  };
  const std::string old_name = target.file.empty() ? std::string("/dev/null") : target.file;
  const std::string shown_out = target.out.empty() ? std::string("-") : target.out;
  if (own.is_dry_run && target.file.empty()) return print(with_edits(target.text, edits));
  if (own.is_dry_run) return print(unified_diff(target.text, edits, old_name, shown_out));
  const std::string text = with_edits(target.text, edits);
  if (target.out.empty()) return print(text);
  const auto report = import_report(view, session.options().choice);
  if (!report.is_ok()) return session.fail(report.issues());
  const int written = write_files(session, target, text, provenance_json(merged.provenance, target.out));
  return written == kDone ? session.print(report, code) : written;
}

int run_import(Session& session, const ImportOptions& own) {
  auto planned = import_plan(session, own.request);
  if (!planned.is_ok()) return session.fail(planned.issues());
  const ImportPlan& plan = planned.value();
  if (const Issues wrong = usage_issues(session, own, plan); wrong.has_errors()) return session.fail(wrong);
  Target target{.file = plan.into, .out = own.out.empty() ? plan.into : own.out, .text = {}};
  if (target.out == "-") target.out.clear();
  Issues issues = read_target(session, target);
  const auto policy = session.policy();
  const auto read = read_reports(session, plan);
  const auto earlier = read_provenance_of(session, plan.into);
  for (const auto* some : {&policy.issues(), &read.issues(), &earlier.issues()}) issues.append(Issues(*some));
  if (issues.has_errors()) return session.fail(issues);
  const Inventory* const inventory = target.placed ? &target.placed->inventory : nullptr;
  const FactOrder order(service_keys(), inventory_facts());
  const Merged merged =
      merge_reports({inventory, &target.layout(), read.value().reports, &plan.names, &policy.value().imports(),
                     &earlier.value(), order, on_conflict_of(own.on_conflict), own.adds});
  if (merged.issues.has_errors()) return session.fail(merged.issues);
  const auto edits = inventory_edits(target.layout(), merged.changes, merged.new_services, order);
  if (const Issues wrong = check_edits(target, edits, merged); wrong.has_errors()) return session.fail(wrong);
  session.diagnostics().report(merged.issues);
  return hand_over(session, own, target, edits, merged, read.value());
}

}  // namespace

Action set_up_import(const Arguments& arguments, Options& options) {
  const auto own = std::make_shared<ImportOptions>();
  ImportRequest& request = own->request;
  arguments
      .add_option("SOURCE", request.format,
                  "What wrote the reports, such as trivy or jaeger, or auto: by their content")
      .option_text(" ")
      .group("Input");
  arguments.add_option("FILES", request.files, "Reports, folders of them, or - for standard input")
      .option_text(" ")
      .group("Input");
  const auto add_file = [&arguments](const char* name, std::string& file, const char* description) {
    arguments.add_option(name, file, description).option_text("FILE").group("Input");
  };
  add_file("--into", request.into, "Inventory to bring up to date, YAML, JSON or JSON Lines; default: a new one");
  add_file("--map", request.map, "Names of other tools: aliases, patterns, and facts by their names in reports");
  add_file("--imports", request.manifest, "Manifest of all sources at once; default: what migplan.yaml names");
  arguments.add_option("-s,--service", request.service, "Whose reports they are, where they do not name a service")
      .option_text("NAME")
      .group("Input");
  add_policy_option(arguments, options);
  add_project_option(arguments, options);
  arguments
      .add_option("--on-conflict", own->on_conflict,
                  "Where a person's fact stands with another value: report it and exit with 1, keep or replace it")
      .option_text("report|keep|replace")
      .one_of({"report", "keep", "replace"})
      .group("Merge");
  arguments.add_flag("--add", own->adds, "Add services that the inventory does not have; else they are listed")
      .group("Merge");
  arguments.add_flag("--dry-run", own->is_dry_run, "Write nothing, print what would change as a diff").group("Merge");
  add_table_option(arguments, options, "changes, conflicts, unmatched, left_out or sources");
  add_table_options(arguments, options);
  add_output_options(arguments, options, {}, "text", "Where the inventory goes; default: --into, else standard output");
  arguments.get_option("--format").description("Of the report on what was done; default: text");
  add_general_options(arguments, options);
  return [own, &options](Session& session) {
    // -o is the inventory's; the report goes to standard output.
    own->out = std::exchange(options.output, {});
    return run_import(session, *own);
  };
}

}  // namespace migplan::cli
