#include <fmt/format.h>

#include <string>

#include "command_tree.hpp"

namespace migplan::cli {
namespace {

std::string roff(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else {
      out += c;
    }
  }
  if (out.starts_with('.') || out.starts_with('\'')) out.insert(0, "\\&");
  return out;
}

void append_options(std::string& out, const CLI::App& app) {
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_group().empty()) continue;
    const std::string text = option->get_option_text();
    const std::string value = text.empty() || text == " " ? "" : fmt::format(" \\fI{}\\fR", roff(text));
    out += fmt::format(".TP\n\\fB{}\\fR{}\n{}\n", roff(option->get_name(option->get_positional(), true)), value,
                       roff(option->get_description()));
  }
}

}  // namespace

std::string manual_page(const CLI::App& app) {
  std::string out = fmt::format(".TH MIGPLAN 1 \"\" \"migplan {}\" \"User Commands\"\n", MIGPLAN_VERSION);
  out += fmt::format(".SH NAME\nmigplan \\- {}\n", roff(app.get_description()));
  out += ".SH SYNOPSIS\n.B migplan\n.I COMMAND\n[\\fIFILES\\fR] [\\fIOPTIONS\\fR]\n.SH COMMANDS\n";
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    out += fmt::format(".SS \"migplan {}\"\n{}\n", command->get_name(), roff(command->get_description()));
    append_options(out, *command);
  }
  out += ".SH EXIT STATUS\n";
  for (const ExitStatus& status : exit_statuses())
    out += fmt::format(".TP\n.B {}\n{}\n", status.code, roff(status.meaning));
  out += ".SH ENVIRONMENT\n.TP\n.B NO_COLOR\nNo colour, when set and not empty.\n";
  out += ".SH FILES\n.TP\n.I migplan.yaml\n" +
         roff("Names the files of a project; looked for here and in the folders above.") + "\n";
  return out;
}

}  // namespace migplan::cli
