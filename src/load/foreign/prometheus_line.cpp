#include "prometheus_line.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>

#include "migplan/base/decimal.hpp"
#include "migplan/base/issue.hpp"

namespace migplan {
namespace {

enum CharClass : std::uint8_t { kInLabelName = 1, kBeginsLabelName = 2, kInName = 4, kBeginsName = 8 };

constexpr std::array<std::uint8_t, 256> kClasses = [] {
  std::array<std::uint8_t, 256> classes{};
  const auto set = [&classes](char first, char last, int which) {
    for (auto c = static_cast<unsigned char>(first); c <= static_cast<unsigned char>(last); ++c) {
      classes[c] = static_cast<std::uint8_t>(which);
    }
  };
  set('a', 'z', kInLabelName | kBeginsLabelName | kInName | kBeginsName);
  set('A', 'Z', kInLabelName | kBeginsLabelName | kInName | kBeginsName);
  set('_', '_', kInLabelName | kBeginsLabelName | kInName | kBeginsName);
  set(':', ':', kInName | kBeginsName);
  set('0', '9', kInLabelName | kInName);
  return classes;
}();

bool is(char c, CharClass which) noexcept { return (kClasses[static_cast<unsigned char>(c)] & which) != 0; }

constexpr bool is_blank(char c) noexcept { return c == ' ' || c == '\t'; }

// How many bytes a name takes from there on; 0 = none begins there.
std::size_t name_size(std::string_view line, std::size_t at, CharClass first, CharClass others) noexcept {
  if (at == line.size() || !is(line[at], first)) return 0;
  std::size_t end = at + 1;
  while (end < line.size() && is(line[end], others)) ++end;
  return end - at;
}

std::string_view word_at(std::string_view line, std::size_t at) noexcept {
  return line.substr(at, std::min(line.find_first_of(" \t", at), line.size()) - at);
}

}  // namespace

PrometheusLine::Fault PrometheusLine::fault(std::string_view expected) const {
  if (at_ >= line_.size()) return {line_.size(), fmt::format("the line ends, expected {}", expected)};
  return {at_, fmt::format("found {}, expected {}", in_quotes(line_.substr(at_)), expected)};
}

void PrometheusLine::pass_blanks() noexcept {
  while (at_ < line_.size() && is_blank(line_[at_])) ++at_;
}

std::optional<PrometheusLine::Fault> PrometheusLine::read_head(std::string_view line) {
  line_ = line;
  at_ = 0;
  labels_.clear();
  pass_blanks();
  name_ = {at_, name_size(line, at_, kBeginsName, kInName)};
  at_ += name_.size;
  if (name_.size == 0 && (at_ == line.size() || line[at_] != '{')) return fault("the name of a metric");
  const std::size_t behind_name = at_;
  pass_blanks();
  if (at_ == line.size() || line[at_] != '{') {
    head_size_ = behind_name;
    return std::nullopt;
  }
  ++at_;
  if (auto wrong = take_labels()) return wrong;
  head_size_ = at_;
  if (name_.size == 0) return Fault{behind_name, "no name of a metric stands before the labels or among them"};
  return repeated_label();
}

std::optional<PrometheusLine::Fault> PrometheusLine::take_labels() {
  for (;;) {
    pass_blanks();
    if (at_ < line_.size() && line_[at_] == '}') break;
    if (auto wrong = take_label()) return wrong;
    pass_blanks();
    if (at_ < line_.size() && line_[at_] == '}') break;
    if (at_ == line_.size() || line_[at_] != ',') return fault("a comma or }");
    ++at_;
  }
  ++at_;
  return std::nullopt;
}

// A name in quotes without a value is that of the metric, when it has none yet (Prometheus 3).
std::optional<PrometheusLine::Fault> PrometheusLine::take_label() {
  Label label;
  const bool is_quoted = at_ < line_.size() && line_[at_] == '"';
  if (is_quoted) {
    if (auto wrong = take_quoted(label.name)) return wrong;
  } else {
    label.name = {at_, name_size(line_, at_, kBeginsLabelName, kInLabelName)};
    if (label.name.size == 0) return fault("the name of a label");
    at_ += label.name.size;
  }
  pass_blanks();
  const bool has_value = at_ < line_.size() && line_[at_] == '=';
  if (!has_value && is_quoted && name_.size == 0) {
    name_ = label.name;
    return std::nullopt;
  }
  if (!has_value) return fault("=");
  ++at_;
  pass_blanks();
  if (auto wrong = take_quoted(label.value)) return wrong;
  labels_.push_back(label);
  return std::nullopt;
}

std::optional<PrometheusLine::Fault> PrometheusLine::take_quoted(Span& span) {
  if (at_ == line_.size() || line_[at_] != '"') return fault("a text in quotes");
  span.at = ++at_;
  for (; at_ < line_.size() && line_[at_] != '"'; ++at_) {
    if (line_[at_] != '\\') continue;
    span.has_escapes = true;
    ++at_;
  }
  if (at_ >= line_.size()) return Fault{span.at - 1, "a text has no closing quote"};
  span.size = at_ - span.at;
  ++at_;
  return std::nullopt;
}

std::optional<PrometheusLine::Fault> PrometheusLine::repeated_label() const {
  for (std::size_t i = 1; i < labels_.size(); ++i) {
    for (std::size_t k = 0; k < i; ++k) {
      if (labels_[i].name.size != labels_[k].name.size) continue;
      const std::string_view name = labels_[i].name.in(line_);
      if (name == labels_[k].name.in(line_)) {
        return Fault{labels_[i].name.at, fmt::format("label {} stands here twice", in_quotes(name))};
      }
    }
  }
  return std::nullopt;
}

std::optional<PrometheusLine::Fault> PrometheusLine::read_values(std::string_view line, std::size_t head_size) {
  line_ = line;
  at_ = head_size;
  time_.reset();
  has_exemplar_ = is_composite_ = false;
  const bool is_apart = at_ == line.size() || is_blank(line[at_]) || line[at_ - 1] == '}';
  pass_blanks();
  value_at_ = at_;
  is_composite_ = at_ < line.size() && line[at_] == '{';
  if (is_composite_) return std::nullopt;
  const std::string_view number = word_at(line, at_);
  const auto value = parse_metric_value(number);
  if (!value || !is_apart) return fault(is_apart ? "a number" : "a blank");
  value_ = *value;
  at_ += number.size();
  pass_blanks();
  if (at_ < line.size() && line[at_] != '#') {
    const std::string_view text = word_at(line, at_);
    const Decimal time = parse_decimal(text, 3);
    if (time.status != DecimalStatus::Ok) return fault("a time");
    time_ = time.steps;
    time_at_ = at_;
    at_ += text.size();
    pass_blanks();
  }
  if (at_ == line.size()) return std::nullopt;
  has_exemplar_ = line.substr(at_).starts_with("# {");
  return has_exemplar_ ? std::nullopt : std::optional(fault("the end of the line"));
}

std::optional<double> parse_metric_value(std::string_view text) noexcept {
  if (text.starts_with('+')) {
    text.remove_prefix(1);
    if (text.starts_with('-')) return std::nullopt;
  }
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::string without_escapes(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char next = text[i] == '\\' && i + 1 < text.size() ? text[i + 1] : '\0';
    if (next == '\\' || next == '"' || next == 'n') {
      out.push_back(next == 'n' ? '\n' : next);
      ++i;
    } else {
      out.push_back(text[i]);
    }
  }
  return out;
}

}  // namespace migplan
