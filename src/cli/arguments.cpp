#include "arguments.hpp"

#include <optional>

#include <CLI/CLI.hpp>

namespace migplan::cli {

bool Argument::is_given() const noexcept { return option_->count() != 0; }

Argument Argument::option_text(const std::string& text) const { return Argument(option_->option_text(text)); }
Argument Argument::description(const std::string& text) const { return Argument(option_->description(text)); }
Argument Argument::group(const std::string& heading) const { return Argument(option_->group(heading)); }
Argument Argument::required() const { return Argument(option_->required()); }
Argument Argument::delimiter(char between) const { return Argument(option_->delimiter(between)); }
Argument Argument::allow_extra_args(bool takes_following) const {
  return Argument(option_->allow_extra_args(takes_following));
}
Argument Argument::expected(int least, int most) const { return Argument(option_->expected(least, most)); }
Argument Argument::needs(const Argument& other) const { return Argument(option_->needs(other.option_)); }
Argument Argument::excludes(const Argument& other) const { return Argument(option_->excludes(other.option_)); }
Argument Argument::one_of(const std::vector<std::string>& values) const {
  return Argument(option_->check(CLI::IsMember(values)));
}
template <class Number>
Argument Argument::range(Number least, Number most) const {
  return Argument(option_->check(CLI::Range(least, most)));
}
Argument Argument::positive() const { return Argument(option_->check(CLI::PositiveNumber)); }
Argument Argument::not_negative() const { return Argument(option_->check(CLI::NonNegativeNumber)); }
Argument Argument::in_bytes() const { return Argument(option_->transform(CLI::AsSizeValue(false))); }

template Argument Argument::range(int, int) const;
template Argument Argument::range(std::uint32_t, std::uint32_t) const;
template Argument Argument::range(std::uint64_t, std::uint64_t) const;
template Argument Argument::range(double, double) const;

template <class Target>
Argument Arguments::add_option(const std::string& names, Target& target, const std::string& description) const {
  return Argument(app_->add_option(names, target, description));
}
Argument Arguments::add_flag(const std::string& names, bool& target, const std::string& description) const {
  return Argument(app_->add_flag(names, target, description));
}
Argument Arguments::get_option(const std::string& name) const { return Argument(app_->get_option(name)); }

// Every type of value that a command takes.
template Argument Arguments::add_option(const std::string&, std::string&, const std::string&) const;
template Argument Arguments::add_option(const std::string&, std::vector<std::string>&, const std::string&) const;
template Argument Arguments::add_option(const std::string&, std::uint32_t&, const std::string&) const;
template Argument Arguments::add_option(const std::string&, std::uint64_t&, const std::string&) const;
template Argument Arguments::add_option(const std::string&, std::optional<std::uint64_t>&, const std::string&) const;
template Argument Arguments::add_option(const std::string&, std::optional<double>&, const std::string&) const;

}  // namespace migplan::cli
