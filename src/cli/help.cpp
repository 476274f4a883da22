#include <fmt/format.h>

#include <array>
#include <string>

#include "command_tree.hpp"

namespace migplan::cli {
namespace {

// What CLI11 itself puts into help; the first of each pair is its name of it.
constexpr std::array<std::pair<const char*, const char*>, 7> kLabels{{{"Usage", "Usage"},
                                                                      {"OPTIONS", "OPTIONS"},
                                                                      {"SUBCOMMAND", "COMMAND"},
                                                                      {"Positionals", "Positionals"},
                                                                      {"REQUIRED", "REQUIRED"},
                                                                      {"Needs", "Needs"},
                                                                      {"Excludes", "Excludes"}}};

std::string translated(const std::string& english, const Catalogue* language) {
  if (language == nullptr || english.empty()) return english;
  const std::string* const found = language->find(english, kHelpContext);
  return found != nullptr ? *found : english;
}

void translate_app(CLI::App& app, const Catalogue& language) {
  app.description(translated(app.get_description(), &language));
  for (CLI::Option* const option : app.get_options([](const CLI::Option*) { return true; })) {
    if (option->get_group().empty()) continue;  // not shown
    option->description(translated(option->get_description(), &language));
    option->group(translated(option->get_group(), &language));
  }
}

}  // namespace

std::string help_footer(const Catalogue* language) {
  std::string out = translated("Exit codes:", language) + "\n";
  for (const ExitStatus& status : exit_statuses()) {
    out += fmt::format("  {:<3}  {}\n", status.code, translated(std::string(status.meaning), language));
  }
  const std::string more = "migplan COMMAND --help tells a command's options. Example: migplan score services.yaml";
  return out + "\n" + translated(more, language);
}

void translate_help(CLI::App& app, const Catalogue& language) {
  translate_app(app, language);
  for (CLI::App* const command : app.get_subcommands([](CLI::App*) { return true; })) {
    translate_app(*command, language);
    command->group(translated(command->get_group(), &language));
  }
  app.footer(help_footer(&language));
  for (const auto& [name, english] : kLabels) app.get_formatter()->label(name, translated(english, &language));
}

}  // namespace migplan::cli
