#include <fmt/format.h>

#include <memory>
#include <string>

#include "command_tree.hpp"

namespace migplan::cli {
namespace {

struct OptionNames {
  std::string long_name;   // with dashes
  std::string short_name;  // with dash; may be empty
  std::string description;
  std::vector<std::string> values;  // one of these
  bool takes_value = false;
};

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(separator), text.size());
    parts.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

std::vector<OptionNames> options_of(const CLI::App& app) {
  std::vector<OptionNames> all;
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_lnames().empty() || option->get_group().empty()) continue;
    OptionNames names;
    names.long_name = "--" + option->get_lnames().front();
    if (!option->get_snames().empty()) names.short_name = "-" + option->get_snames().front();
    names.description = option->get_description();
    names.takes_value = option->get_items_expected_max() > 0;
    const std::string text = option->get_option_text();
    if (text.find('|') != std::string::npos) names.values = split(text, '|');
    all.push_back(std::move(names));
  }
  return all;
}

std::vector<const CLI::App*> commands_of(const CLI::App& app) {
  return app.get_subcommands([](const CLI::App*) { return true; });
}

std::string bash_script(const CLI::App& app) {
  std::string names, cases, values;
  for (const CLI::App* command : commands_of(app)) {
    names += (names.empty() ? "" : " ") + command->get_name();
    std::string words;
    for (const OptionNames& option : options_of(*command)) {
      words += option.long_name + " ";
      if (option.values.empty()) continue;
      values +=
          fmt::format("    {}:{}{}) COMPREPLY=($(compgen -W \"{}\" -- \"$current\")); return ;;\n", command->get_name(),
                      option.long_name,
                      option.short_name.empty() ? "" : fmt::format("|{}:{}", command->get_name(), option.short_name),
                      fmt::join(option.values, " "));
    }
    cases += fmt::format("    {}) words=\"{}\" ;;\n", command->get_name(), words);
  }
  return fmt::format(R"(# bash completion for migplan
_migplan() {{
  local current=${{COMP_WORDS[COMP_CWORD]}} previous=${{COMP_WORDS[COMP_CWORD-1]}} command=${{COMP_WORDS[1]}} words=""
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "{} --help --version" -- "$current"))
    return
  fi
  case "$command:$previous" in
{}    completion:*) COMPREPLY=($(compgen -W "bash zsh fish" -- "$current")); return ;;
  esac
  case "$command" in
{}  esac
  if [[ $current == -* ]]; then
    COMPREPLY=($(compgen -W "$words" -- "$current"))
  else
    mapfile -t COMPREPLY < <(compgen -f -- "$current")
  fi
}}
complete -o filenames -F _migplan migplan
)",
                     names, values, cases);
}

std::string zsh_quoted(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\'') {
      out += "'\\''";
    } else if (c == '[' || c == ']' || c == ':' || c == '\\') {
      out += '\\';
      out += c;
    } else {
      out += c;
    }
  }
  return out;
}

std::string zsh_script(const CLI::App& app) {
  std::string names, cases;
  for (const CLI::App* command : commands_of(app)) {
    names += fmt::format("    '{}:{}'\n", command->get_name(), zsh_quoted(command->get_description()));
    cases += fmt::format("    {})\n      _arguments \\\n", command->get_name());
    for (const OptionNames& option : options_of(*command)) {
      const std::string action = !option.takes_value     ? ""
                                 : option.values.empty() ? ":value:_files"
                                                         : fmt::format(":value:({})", fmt::join(option.values, " "));
      cases += fmt::format("        '*{}[{}]{}' \\\n", option.long_name, zsh_quoted(option.description), action);
    }
    cases += command->get_name() == "completion" ? "        '*:shell:(bash zsh fish)'\n      ;;\n"
                                                 : "        '*:file:_files'\n      ;;\n";
  }
  return fmt::format(R"(#compdef migplan
_migplan() {{
  local -a commands
  commands=(
{}  )
  if (( CURRENT == 2 )); then
    _describe 'command' commands
    return
  fi
  local command=${{words[2]}}
  (( CURRENT-- ))
  shift words
  case $command in
{}  esac
}}
_migplan "$@"
)",
                     names, cases);
}

std::string fish_quoted(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

std::string fish_script(const CLI::App& app) {
  std::string out = "# fish completion for migplan\n";
  for (const CLI::App* command : commands_of(app)) {
    out += fmt::format("complete -c migplan -f -n __fish_use_subcommand -a {} -d '{}'\n", command->get_name(),
                       fish_quoted(command->get_description()));
    for (const OptionNames& option : options_of(*command)) {
      out += fmt::format("complete -c migplan -n '__fish_seen_subcommand_from {}' -l {}{}{}{} -d '{}'\n",
                         command->get_name(), option.long_name.substr(2),
                         option.short_name.empty() ? "" : " -s " + option.short_name.substr(1),
                         option.takes_value ? " -r" : "",
                         option.values.empty() ? "" : fmt::format(" -f -a '{}'", fmt::join(option.values, " ")),
                         fish_quoted(option.description));
    }
  }
  out += "complete -c migplan -f -n '__fish_seen_subcommand_from completion' -a 'bash zsh fish'\n";
  return out;
}

}  // namespace

std::string completion_script(const CLI::App& app, std::string_view shell) {
  if (shell == "bash") return bash_script(app);
  return shell == "zsh" ? zsh_script(app) : fish_script(app);
}

Action set_up_completion(const Arguments& arguments, Options& options) {
  const auto shell = std::make_shared<std::string>();
  arguments.add_option("SHELL", *shell, "bash, zsh or fish")
      .required()
      .one_of({"bash", "zsh", "fish"})
      .option_text(" ");
  arguments.add_option("-o,--output", options.output, "File to write; default: standard output")
      .option_text("FILE")
      .group("Output");
  add_language_option(arguments, options);
  return [shell](Session& session) {
    Options unused_options;
    Action unused_action;
    return session.print_text(completion_script(*make_app(unused_options, unused_action), *shell));
  };
}

}  // namespace migplan::cli
