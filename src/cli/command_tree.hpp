#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <CLI/CLI.hpp>

#include "command.hpp"

namespace migplan::cli {

// The program as a tree of options; what is parsed goes into `options`, the chosen command's action into `action`. With
// the command that is asked for in `only`, the others have no options: making all of them takes longer than a small
// inventory.
[[nodiscard]] std::unique_ptr<CLI::App> make_app(Options& options, Action& action, std::string_view only = {});

// What --help says behind the options of the program.
[[nodiscard]] std::string help_footer(const Catalogue* language = nullptr);
// Everything that --help shows of the program and its commands, in another language: what the catalogue has in the
// context kHelpContext.
inline constexpr std::string_view kHelpContext = "help";
void translate_help(CLI::App& app, const Catalogue& language);

[[nodiscard]] std::string manual_page(const CLI::App& app);
[[nodiscard]] std::string completion_script(const CLI::App& app, std::string_view shell);

}  // namespace migplan::cli
