#include "process_count.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

namespace migplan {
namespace {

// Programs whose work is to start several others and to keep them running.
constexpr std::array<std::string_view, 15> kSupervisors{
    "supervisord", "s6-svscan", "runsvdir", "runit",      "monit", "foreman", "honcho",     "overmind",
    "forego",      "circusd",   "systemd",  "pm2-docker", "pm2",   "goreman", "pm2-runtime"};
constexpr std::array<std::string_view, 5> kShells{"sh", "bash", "ash", "dash", "zsh"};
constexpr std::array<std::string_view, 4> kFronts{"tini", "dumb-init", "exec", "env"};  // start what follows
// Commands of a shell that are no process beside the others.
constexpr std::array<std::string_view, 14> kBuiltins{"wait", "trap", "set",  "fi",   "done", "esac",   "}",
                                                     ":",    "true", "exit", "then", "else", "return", "sleep"};

template <std::size_t n>
bool is_among(std::string_view word, const std::array<std::string_view, n>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::string_view base_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }

std::string_view first_word(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n({");
  if (begin == std::string_view::npos) return {};
  text.remove_prefix(begin);
  return text.substr(0, text.find_first_of(" \t\r\n;)"));
}

// The commands of a script that run side by side: those in the background, and the one that the script ends in.
class Script {
 public:
  explicit Script(std::string_view text) : text_(text) {}

  ProcessCount count() && {
    while (at_ < text_.size()) step();
    end_command(false);
    // An assignment such as pid=$! is no program.
    const bool ends_in_program =
        !last_.empty() && last_.find('=') == std::string_view::npos && !is_among(base_name(last_), kBuiltins);
    const std::size_t processes = background_ + (ends_in_program && background_ != 0 ? 1 : 0);
    ProcessCount found{std::max<std::size_t>(processes, 1), ""};
    if (found.count > 1) found.evidence = fmt::format("a shell that starts {} in the background", background_);
    return found;
  }

 private:
  void step() {
    const char c = text_[at_];
    if (c == '\\') {
      at_ += 2;
    } else if (c == '\'' || c == '"' || c == '`') {
      skip_quoted(c);
    } else if (c == '#' && (at_ == 0 || std::string_view(" \t\n;").find(text_[at_ - 1]) != std::string_view::npos)) {
      at_ = std::min(text_.find('\n', at_), text_.size());
    } else if (text_.substr(at_).starts_with("<<") && !text_.substr(at_).starts_with("<<<")) {
      take_document_end();
    } else if (c == '&') {
      take_ampersand();
    } else if (c == ';' || c == '\n') {
      end_command(false);
      ++at_;
      if (c == '\n') skip_document();
      begin_ = at_;
    } else {
      ++at_;
    }
  }
  // "<<EOF", "<<-'EOF'": the lines up to that word are no commands.
  void take_document_end() {
    at_ = std::min(text_.find_first_not_of("-'\" \t", at_ + 2), text_.size());
    const std::size_t end = std::min(text_.find_first_of(" \t\r\n;|&<>)'\"", at_), text_.size());
    // A number is shifted by.
    const bool is_number = at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9';
    if (!is_number) document_end_ = text_.substr(at_, end - at_);
    at_ = end;
    if (at_ < text_.size() && (text_[at_] == '\'' || text_[at_] == '"')) ++at_;
  }
  void skip_document() {
    while (!document_end_.empty() && at_ < text_.size()) {
      std::string_view line = text_.substr(at_, text_.find('\n', at_) - at_);
      at_ = std::min(at_ + line.size() + 1, text_.size());
      while (!line.empty() && (line.front() == '\t' || line.front() == ' ')) line.remove_prefix(1);
      while (!line.empty() && line.back() == '\r') line.remove_suffix(1);
      if (line == document_end_) document_end_ = {};
    }
  }
  // && joins, &> and >& redirect, & starts in the background.
  void take_ampersand() {
    const char before = at_ > 0 ? text_[at_ - 1] : ' ';
    const char after = at_ + 1 < text_.size() ? text_[at_ + 1] : ' ';
    if (after == '&') {
      at_ += 2;
      begin_ = at_;
    } else if (before == '>' || before == '<' || before == '|' || after == '>') {
      ++at_;
    } else {
      end_command(true);
      ++at_;
      begin_ = at_;
    }
  }
  void skip_quoted(char quote) {
    for (++at_; at_ < text_.size() && text_[at_] != quote; ++at_) {
      if (text_[at_] == '\\' && quote == '"') ++at_;
    }
    ++at_;
  }
  void end_command(bool is_background) {
    const std::size_t end = std::min(at_, text_.size());
    const std::string_view word = first_word(text_.substr(std::min(begin_, end), end - std::min(begin_, end)));
    begin_ = end;
    if (word.empty()) return;
    last_ = is_background ? std::string_view() : word;
    if (is_background) ++background_;
  }

  std::string_view text_;
  std::size_t at_ = 0, begin_ = 0, background_ = 0;
  std::string_view document_end_;  // of a here-document that begins on the next line
  std::string_view last_;          // the program that the script ends in, so far
};

}  // namespace

ProcessCount process_count(const Container& container) {
  std::vector<std::string_view> words(container.command.begin(), container.command.end());
  words.insert(words.end(), container.args.begin(), container.args.end());
  std::size_t at = 0;
  while (at < words.size() && (is_among(base_name(words[at]), kFronts) || (at > 0 && words[at].starts_with('-')))) ++at;
  if (at == words.size()) return {};
  const std::string_view program = base_name(words[at]);
  if (is_among(program, kSupervisors) || words[at] == "/sbin/init") {
    return {2, fmt::format("{} keeps several programs running", program)};
  }
  if (!is_among(program, kShells)) return {};
  // sh -c SCRIPT, with other options in front or joined: -ec, -o pipefail.
  for (std::size_t i = at + 1; i + 1 < words.size(); ++i) {
    const bool is_command =
        words[i].size() >= 2 && words[i].front() == '-' && words[i][1] != '-' && words[i].back() == 'c';
    if (!is_command) continue;
    ProcessCount found = Script(words[i + 1]).count();
    if (found.count > 1) return found;
    const std::string_view last = base_name(first_word(words[i + 1]));
    return is_among(last, kSupervisors) ? ProcessCount{2, fmt::format("{} keeps several programs running", last)}
                                        : ProcessCount{};
  }
  return {};
}

}  // namespace migplan
