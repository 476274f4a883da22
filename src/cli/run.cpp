#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <exception>
#include <new>
#include <ostream>

#include "command_tree.hpp"
#include "migplan/base/nearest.hpp"
#include "migplan/load/catalogue_reader.hpp"

namespace migplan::cli {
namespace {

constexpr std::array kCommands{
    Command{"init", "Inventory", "Write a starter inventory, policy and project file", set_up_init},
    Command{"validate", "Inventory",
            "Check inventory, policy, exemptions and playbooks: all problems at once, each with its place",
            set_up_validate},
    Command{"import", "Inventory", "Fill the inventory from reports of other tools, and bring it up to date",
            set_up_import},
    Command{"score", "Decide", "Score the services and assign tiers", set_up_score},
    Command{"explain", "Decide", "Where each point of a service comes from, and what would move its tier",
            set_up_explain},
    Command{"matrix", "Decide", "The priority matrix: tier by domain, coupling by obsolescence", set_up_matrix},
    Command{"sensitivity", "Decide", "How firm each tier is when weights and facts move", set_up_sensitivity},
    Command{"diff", "Decide", "What moved between two inventories or score reports, and why", set_up_diff},
    Command{"schedule", "Plan", "A feasible calendar: who moves when, what holds it back, and whether the end is met",
            set_up_schedule},
    Command{"playbook", "Plan", "The step-by-step runbook of a service, chosen by its facts", set_up_playbook},
    Command{"status", "Plan",
            "Where each service stands: progress against the schedule, slips with causes, what is due", set_up_status},
    Command{"report", "Plan", "Everything about the programme in one document: scores, plan, dependencies, verdicts",
            set_up_report},
    Command{"gate", "Verify", "The admission tests: throughput, memory, gRPC errors, from the files that tools write",
            set_up_gate},
    Command{"reconcile", "Verify", "Compare the old and the new outcome of dual-written requests", set_up_reconcile},
    Command{"canary", "Verify", "Continue, hold or roll back a grey release, and the ramp", set_up_canary},
    Command{"sunset", "Verify",
            "May a long-tail service be switched off: its stage, what holds since when, the next step", set_up_sunset},
    Command{"slo", "Verify", "Check service level objectives: their sense, and what is left of the error budgets",
            set_up_slo},
    Command{"outcome", "Verify", "The before/after table of a finished migration", set_up_outcome},
    Command{"lint", "Verify",
            "Find seven cloud-native anti-patterns in manifests, values files and logging configurations", set_up_lint},
    Command{"policy", "Help", "Print the effective policy", set_up_policy},
    Command{"typemap", "Help", "Java types in Go: what of them goes on the wire without a copy, and what else does",
            set_up_typemap},
    Command{"completion", "Help", "Print the completion script of a shell", set_up_completion},
    Command{"version", "Help", "Print versions", set_up_version},
};

constexpr std::array kExitStatuses{
    ExitStatus{0, "done, and nothing to object to"},
    ExitStatus{1, "done, and the answer is no"},
    ExitStatus{2, "wrong usage or rejected input"},
    ExitStatus{3, "a file could not be read or written"},
    ExitStatus{70, "a bug of migplan"},
    ExitStatus{130, "interrupted"},
};

// The option that a mistyped one was probably meant to be.
std::string hint_for(const CLI::App& app, const std::string& word) {
  std::vector<std::string> names;
  const auto add_options = [&names](const CLI::App& from) {
    for (const CLI::Option* option : from.get_options()) {
      for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    }
  };
  add_options(app);
  for (const CLI::App* command : app.get_subcommands()) add_options(*command);
  const std::vector<std::string_view> known(names.begin(), names.end());
  const std::string_view near = nearest_name(word.substr(0, word.find('=')), known);
  return near.empty() ? "" : fmt::format(" (did you mean {}?)", near);
}

int report_usage(const CLI::App& app, const CLI::ParseError& error, Env& env) {
  std::string message = error.what();
  std::string hint;
  if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr) {
    for (const std::string& word : app.remaining(true)) {
      message = fmt::format("unknown {} {}", word.starts_with('-') ? "option" : "argument", in_quotes(word));
      hint = hint_for(app, word);
      break;
    }
  }
  const auto chosen = app.get_subcommands();
  env.err << "migplan: " << message << hint << "\nmigplan " << (chosen.empty() ? "" : chosen.front()->get_name() + " ")
          << "--help tells the usage\n";
  return kRejected;
}

constexpr std::string_view kLanguage = "--lang", kLanguageIs = "--lang=";

// The language asked for, wherever it stands: help is printed before the arguments behind it are looked at.
std::string language_in(const std::vector<std::string>& arguments) {
  std::string language = "en";
  for (std::size_t i = 0; i < arguments.size() && arguments[i] != "--"; ++i) {
    if (arguments[i] == kLanguage && i + 1 < arguments.size()) language = arguments[i + 1];
    if (arguments[i].starts_with(kLanguageIs)) language = arguments[i].substr(kLanguageIs.size());
  }
  return language;
}

// The word where a command should be, behind --lang; null where there is none.
const std::string* command_in(const std::vector<std::string>& arguments) {
  std::size_t at = 0;
  while (at < arguments.size() && arguments[at].starts_with(kLanguage)) at += arguments[at] == kLanguage ? 2U : 1U;
  return at < arguments.size() && !arguments[at].starts_with('-') ? &arguments[at] : nullptr;
}

// CLI11 would take an unknown command for a stray argument.
std::optional<std::string> unknown_command(const std::vector<std::string>& arguments) {
  const std::string* const word = command_in(arguments);
  if (word == nullptr) return std::nullopt;
  std::vector<std::string_view> known;
  known.reserve(kCommands.size());
  for (const Command& command : kCommands) known.push_back(command.name);
  if (std::find(known.begin(), known.end(), *word) != known.end()) return std::nullopt;
  const std::string_view near = nearest_name(*word, known);
  return fmt::format(
      "unknown command {}{}", in_quotes(*word),
      near.empty() ? fmt::format(" (known: {})", fmt::join(known, ", ")) : fmt::format(" (did you mean {}?)", near));
}

int print(std::string_view text, Env& env) {
  env.out.write(text);
  if (env.out.error().empty()) return kDone;
  env.err << "migplan: standard output cannot be written: " << env.out.error() << "\n";
  return kAccess;
}

int run_parsed(const std::vector<std::string>& arguments, Env& env) {
  if (const auto message = unknown_command(arguments)) {
    env.err << "migplan: " << *message << "\nmigplan --help tells the usage\n";
    return kRejected;
  }
  Options options;
  Action action;
  const std::string* const command = command_in(arguments);
  const auto app = make_app(options, action, command == nullptr ? "" : std::string_view(*command));
  bool wants_manual = false;
  app->add_flag("--man", wants_manual, "Print the manual page")->group("");
  try {
    std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
    app->parse(reversed);
  } catch (const CLI::CallForHelp&) {
    const auto chosen = app->get_subcommands();
    if (const auto language = builtin_catalogue(language_in(arguments))) translate_help(*app, *language);
    return print(chosen.empty() ? app->help() : chosen.front()->help("migplan"), env);
  } catch (const CLI::CallForVersion&) {
    return print(fmt::format("migplan {}\n", MIGPLAN_VERSION), env);
  } catch (const CLI::ParseError& error) {
    return report_usage(*app, error, env);
  }
  if (wants_manual) return print(manual_page(*app), env);
  options.language = language_in(arguments);
  if (!action) {
    if (const auto language = builtin_catalogue(options.language)) translate_help(*app, *language);
    env.err << "migplan: a command is missing\n\n" << app->help();
    return kRejected;
  }
  Session session(env, options);
  return action(session);
}

}  // namespace

std::span<const Command> commands() noexcept { return kCommands; }
std::span<const ExitStatus> exit_statuses() noexcept { return kExitStatuses; }

std::unique_ptr<CLI::App> make_app(Options& options, Action& action, std::string_view only) {
  auto app = std::make_unique<CLI::App>("plans the migration of a legacy service landscape", "migplan");
  app->require_subcommand(0, 1);
  app->set_version_flag("--version", MIGPLAN_VERSION, "Print the version");
  app->set_help_flag("-h,--help", "Print this help");
  add_language_option(Arguments(*app), options);
  app->get_option("--lang")->group("Options");
  app->footer(help_footer());
  app->get_formatter()->column_width(34);
  app->get_formatter()->label("SUBCOMMAND", "COMMAND");
  for (const Command& command : kCommands) {
    CLI::App* const sub = app->add_subcommand(std::string(command.name), std::string(command.summary));
    sub->group(std::string(command.group));
    if (!only.empty() && command.name != only) continue;
    sub->set_help_flag("-h,--help", "Print this help")->group("General");
    Action run = command.set_up(Arguments(*sub), options);
    sub->callback([run = std::move(run), &action] { action = run; });
  }
  return app;
}

int run(const std::vector<std::string>& arguments, Env& env) {
  try {
    return run_parsed(arguments, env);
  } catch (const std::bad_alloc&) {
    env.err << "migplan: not enough memory\n";
    return kAccess;
  } catch (const std::exception& error) {
    env.err << "migplan: internal error: " << error.what() << "\nPlease report this with the command that you ran.\n";
    return kOurBug;
  }
}

}  // namespace migplan::cli
