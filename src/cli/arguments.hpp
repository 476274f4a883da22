#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace migplan::cli {

// Of an option that takes a seed: what the numbers of the outputs hold.
inline constexpr std::uint64_t kGreatestSeed = std::numeric_limits<std::int64_t>::max();

// How commands declare what may stand on their line. CLI11 parses it; commands do not see its header, which takes
// longer to compile than a command.

// One option, positional or flag. A handle, to be copied freely; valid as long as the tree of commands.
class Argument {
 public:
  explicit Argument(CLI::Option* option) noexcept : option_(option) {}

  // Whether it was on the command line.
  [[nodiscard]] bool is_given() const noexcept;

  // All of these return the argument itself.
  Argument option_text(const std::string& text) const;  // what --help shows behind the name: "FILE"
  Argument description(const std::string& text) const;  // in place of the one that it was declared with
  Argument group(const std::string& heading) const;     // where --help lists it
  Argument required() const;
  Argument delimiter(char between) const;                 // several values in one word
  Argument allow_extra_args(bool takes_following) const;  // whether words behind its value are its own, too
  Argument expected(int least, int most) const;           // how many values
  Argument needs(const Argument& other) const;
  Argument excludes(const Argument& other) const;
  Argument one_of(const std::vector<std::string>& values) const;
  template <class Number>
  Argument range(Number least, Number most) const;  // both may be
  Argument positive() const;
  Argument not_negative() const;
  Argument in_bytes() const;  // takes 512M, 2GiB

 private:
  CLI::Option* option_;
};

// The arguments of one command.
class Arguments {
 public:
  explicit Arguments(CLI::App& app) noexcept : app_(&app) {}

  // `names`: "-s,--service", or "FILES" for a positional. `target` must outlive the parsing; a vector takes any number
  // of values, an optional stays empty where the option is not given.
  template <class Target>
  Argument add_option(const std::string& names, Target& target, const std::string& description) const;
  Argument add_flag(const std::string& names, bool& target, const std::string& description) const;
  // One that is declared already.
  [[nodiscard]] Argument get_option(const std::string& name) const;

 private:
  CLI::App* app_;
};

}  // namespace migplan::cli
