#include "runbook_markdown.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "markdown_text.hpp"

namespace migplan {
namespace {

std::string_view plural(std::size_t count) { return count == 1 ? "" : "s"; }

std::string dates_words(const std::optional<PhaseDates>& dates) {
  if (!dates) return {};
  return fmt::format("{} to {}", dates->start.to_string(), dates->finish.to_string());
}

std::string effort_words(const Effort& effort) {
  return fmt::format("{} working day{} of one squad, {}", effort.days.steps(),
                     plural(static_cast<std::size_t>(effort.days.steps())),
                     effort.is_estimated ? "estimated by the schedule's rule" : "as the inventory states");
}

std::string cutover_words(const PlaybookView& view, const Runbook& runbook) {
  if (view.schedule.empty()) return "no schedule given";
  if (!runbook.cutover) return "not in the schedule";
  return runbook.cutover->to_string();
}

class RunbookWriter {
 public:
  RunbookWriter(const PlaybookView& view, const RenderedRunbook& rendered)
      : view_(view),
        rendered_(rendered),
        runbook_(*rendered.runbook),
        service_(view.landscape->card().inventory()[runbook_.service]) {}

  std::string run() {
    out_ = fmt::format("# {}", markdown_text(service_.name));
    if (!profile_of(service_).display_name.empty())
      out_ += fmt::format(": {}", markdown_text(profile_of(service_).display_name));
    out_ += "\n\n";
    add_overview();
    add_findings();
    add_phases();
    const RuleSection* section = nullptr;
    for (const RenderedStep& step : rendered_.steps) {
      if (step.chosen->section != section) {
        section = step.chosen->section;
        const std::string number = step.number.substr(0, step.number.find('.'));
        out_ += fmt::format("\n## {}. {}\n", number, markdown_text(section->title));
      }
      add_step(step);
    }
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::string fact(std::string_view name) const {
    const auto all = playbook_facts();
    const auto found = std::find_if(all.begin(), all.end(), [name](const PlaybookFact& f) { return f.name == name; });
    return runbook_.facts.words(static_cast<std::size_t>(found - all.begin()));
  }
  void add_row(std::string_view name, const std::string& text) {
    out_ += fmt::format("| {} | {} |\n", name, markdown_text(text));
  }

  void add_overview() {
    out_ += "| | |\n| --- | --- |\n";
    add_row("Tier", fmt::format("{}, {} points", fact("tier"), fact("score")));
    add_row("Kind and route", fmt::format("{}, route {}", fact("kind"), fact("route")));
    add_row("Domain, team, owner", fmt::format("{}, {}, {}", fact("domain"), fact("team"), fact("owner")));
    add_row("Status, committed window", fmt::format("{}, {}", fact("status"), fact("window")));
    add_row("Effort", effort_words(runbook_.derived.effort));
    add_row("Cutover", cutover_words(view_, runbook_));
    add_row("Stack", fact("stack"));
    add_row("Traffic", fmt::format("{} requests/s, {} orders/s at the peak", fact("requests_per_second"),
                                   fact("peak_orders_per_second")));
    const std::string callers = fact("callers");
    add_row("Dependencies",
            fmt::format("{} strong, {} weak, {} external; {} caller{}", fact("strong_dependencies"),
                        fact("weak_dependencies"), fact("external_dependencies"), callers, callers == "1" ? "" : "s"));
    add_row("Memory", memory_words());
    add_row("Architecture", fmt::format("{}; configuration: {}", fact("decision"), fact("configuration")));
    add_row("Transactions", transaction_words());
    out_ +=
        "\nCommands are for the folder of `migplan.yaml`; their words in capitals, such as `START`, are to be "
        "replaced.\n";
  }

  [[nodiscard]] std::string memory_words() const {
    const auto& memory = runbook_.derived.memory;
    if (!memory) return "greatest and live heap are not both stated: no prediction";
    return fmt::format(
        "predicted peak {} MiB with GOGC={} GOMEMLIMIT={}MiB: {} % below the Java heap of {} MiB; {} "
        "the gate's limit of {} MiB",
        memory->peak.steps(), memory->gogc, memory->gomemlimit.steps(), fact("predicted_drop"), fact("heap_max_mb"),
        memory->is_within() ? "within" : "above", memory->limit.steps());
  }

  [[nodiscard]] std::string transaction_words() const {
    std::string words;
    for (const TransactionPlan& plan : runbook_.derived.transactions) {
      if (!words.empty()) words += "; ";
      words += fmt::format("{} to {} ({})", plan.declared->name, plan.target == TransactionTarget::Tcc ? "TCC" : "Saga",
                           plan.why);
    }
    return words.empty() ? "none declared" : words;
  }

  void add_findings() {
    std::string list;
    for (const TransactionPlan& plan : runbook_.derived.transactions) {
      for (const TransactionFinding& finding : plan.findings) {
        if (finding.severity == Severity::Note) continue;
        const std::string step = finding.step == 0 ? "" : fmt::format(", step {}", finding.step);
        list += fmt::format("- **{}** {}{}: {}\n", name_of(finding.severity), markdown_text(plan.declared->name), step,
                            markdown_text(finding.message));
      }
    }
    if (!list.empty()) out_ += "\n## To be settled first\n\n" + list;
  }

  void add_phases() {
    if (runbook_.plan == nullptr) return;
    std::string rows;
    for (const DatedPhase& phase : runbook_.plan->phases) {
      rows += fmt::format("| {} | {} | {} |\n", markdown_text(phase.phase), phase.start.to_string(),
                          phase.finish.to_string());
    }
    if (rows.empty()) return;
    out_ += fmt::format("\n## Dates\n\nFrom {}.\n\n| phase | start | finish |\n| --- | --- | --- |\n{}",
                        code_span(view_.schedule), rows);
  }

  void add_step(const RenderedStep& step) {
    const RuleStep& rule = *step.chosen->step;
    out_ += fmt::format("\n### {} {}\n\n", step.number, step.title.markdown);
    std::vector<std::string> about{fmt::format("Step `{}`", rule.id)};
    if (const std::string_view phase = step.chosen->phase; !phase.empty()) {
      const std::string dates = dates_words(step.chosen->dates);
      about.push_back(fmt::format("phase {}{}{}", phase, dates.empty() ? "" : ", ", dates));
    }
    if (!step.chosen->because.empty()) about.push_back("because " + code_span(step.chosen->because));
    out_ += fmt::format("{}\n", fmt::join(about, " · "));
    if (!step.text.empty()) out_ += "\n" + step.text + (step.text.ends_with('\n') ? "" : "\n");
    add_commands(step.commands);
    for (const RenderedSnippet& snippet : step.snippets) {
      if (!snippet.file.empty()) out_ += fmt::format("\n{}:\n", code_span(snippet.file));
      out_ += "\n" + fenced(snippet.language, snippet.text);
    }
    for (const RenderedDiagram& diagram : step.diagrams) {
      out_ += fmt::format("\n{}:\n\n{}", diagram.title.markdown, fenced("mermaid", diagram.text));
    }
    add_checks(step);
    add_references(rule);
  }

  void add_commands(const std::vector<RenderedCommand>& commands) {
    std::string block;
    for (const RenderedCommand& command : commands) {
      if (!command.comment.empty()) block += "# " + command.comment + "\n";
      block += command.shell + "\n";
    }
    if (!block.empty()) out_ += "\n" + fenced("sh", block);
  }

  void add_checks(const RenderedStep& step) {
    if (!step.checks.empty()) out_ += "\nDone when:\n\n";
    for (const RenderedLine& check : step.checks) out_ += fmt::format("- [ ] {}\n", check.markdown);
    if (step.gate_command) {
      out_ += "\nGate:\n\n" + fenced("sh", step.gate_command->shell + "\n");
    } else if (!step.gate.markdown.empty()) {
      out_ += fmt::format("\nGate: {}\n", step.gate.markdown);
    }
  }

  void add_references(const RuleStep& rule) {
    std::vector<std::string> all;
    for (const RuleReference& one : rule.references) {
      const std::string text = markdown_text(one.text);
      all.push_back(one.url.empty() ? text : fmt::format("[{}](<{}>)", text, one.url));
    }
    if (!all.empty()) out_ += fmt::format("\nReferences: {}\n", fmt::join(all, "; "));
  }

  const PlaybookView& view_;
  const RenderedRunbook& rendered_;
  const Runbook& runbook_;
  const Service& service_;
  std::string out_;
};

}  // namespace

std::string runbook_markdown(const PlaybookView& view, const RenderedRunbook& rendered) {
  return RunbookWriter(view, rendered).run();
}

std::string runbook_file(std::string_view service) {
  return service == "index" ? "index_.md" : fmt::format("{}.md", service);
}

std::string runbook_index(const PlaybookView& view) {
  const Scorecard& card = view.landscape->card();
  const std::size_t count = view.runbooks.size();
  std::string out = fmt::format("# Runbooks\n\n{} service{}.\n\n", count, plural(count));
  out +=
      "| service | name | tier | score | route | effort | cutover | steps |\n"
      "| --- | --- | --- | ---: | --- | ---: | --- | ---: |\n";
  for (const Runbook& runbook : view.runbooks) {
    const Service& service = card.inventory()[runbook.service];
    fmt::format_to(std::back_inserter(out), "| [{}]({}) | {} | {} | {} | {} | {}{} | {} | {} |\n", service.name,
                   runbook_file(service.name), markdown_text(profile_of(service).display_name),
                   markdown_text(card.policy().tiers()[card[runbook.service].tier].name),
                   fixed(card[runbook.service].total.steps(), Points::kDecimals), markdown_text(runbook.derived.route),
                   runbook.derived.effort.days.steps(), runbook.derived.effort.is_estimated ? " (estimated)" : "",
                   cutover_words(view, runbook), runbook.steps.size());
  }
  return out;
}

}  // namespace migplan
