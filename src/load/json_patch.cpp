#include <algorithm>
#include <utility>

#include "kubernetes.hpp"
#include "kustomization_reader.hpp"

namespace migplan {
namespace {

// "~1" stands for "/", "~0" for "~".
std::string unescaped(std::string_view part) {
  std::string out;
  for (std::size_t i = 0; i < part.size(); ++i) {
    const bool is_escape = part[i] == '~' && i + 1 < part.size() && (part[i + 1] == '0' || part[i + 1] == '1');
    if (is_escape) ++i;
    out += !is_escape ? part[i] : part[i] == '1' ? '/' : '~';
  }
  return out;
}

std::vector<std::string> parts_of(std::string_view path) {
  std::vector<std::string> parts;
  while (path.starts_with('/')) {
    path.remove_prefix(1);
    const std::string_view part = path.substr(0, path.find('/'));
    parts.push_back(unescaped(part));
    path.remove_prefix(part.size());
  }
  return parts;
}

PathEdit::Action action_of(std::string_view op) noexcept {
  return op == "add"       ? PathEdit::Action::Add
         : op == "replace" ? PathEdit::Action::Replace
         : op == "remove"  ? PathEdit::Action::Remove
                           : PathEdit::Action::Other;
}

// The value of an operation in the form that stands at its path.
class ValueReader {
 public:
  ValueReader(const YamlValue& item, PathEdit& edit, ObjectReader& reader)
      : item_(item), edit_(edit), reader_(reader), value_(item.find("value")) {}

  void read() {
    const std::vector<std::string>& path = edit_.path;
    if (!value_ || path.empty()) return;
    if (!value_->is_map() && !value_->is_list()) edit_.text = std::string(value_->text());
    if (path[0] == "data") return read_data();
    if (path[0] == "rules") return read_rules();
    read_values(path.back());
    if (is_list("containers") || is_list("initContainers")) {
      for_each([this](const YamlValue& one) { edit_.containers.push_back(container_of(one, reader_)); });
    } else if (is_list("env")) {
      for_each([this](const YamlValue& one) { edit_.variables.push_back(env_variable(one, reader_)); });
    } else if (is_list("tls") && path[0] == "spec") {
      edit_.texts = secured_hosts(value_->is_list() ? value_->items() : std::vector{*value_}, reader_);
    } else if (is_list("rules")) {
      for_each([this](const YamlValue& one) { edit_.texts.push_back(host_of(one, reader_)); });
    }
  }

 private:
  // An item of a list, or the value of a key.
  [[nodiscard]] bool is_below(std::string_view part) const {
    return edit_.path.size() > 1 && edit_.path[edit_.path.size() - 2] == part;
  }
  [[nodiscard]] bool is_list(std::string_view part) const { return edit_.path.back() == part || is_below(part); }

  template <class Use>
  void for_each(const Use& use) {
    const std::vector<YamlValue> all = value_->is_list() ? value_->items() : std::vector{*value_};
    for (const YamlValue& one : all) {
      if (one.is_map()) use(one);
    }
  }

  void read_values(std::string_view last) {
    if (last == "replicas" || last == "minReplicas") edit_.whole = reader_.whole(item_, "value");
    if (last == "minAvailable" || last == "maxUnavailable") edit_.pods = reader_.pod_count(item_, "value");
    if (last == "command" || last == "args") edit_.texts = reader_.texts(item_, "value");
    if (last == "labels" || last == "annotations" || last == "matchLabels") edit_.map = reader_.labels(item_, "value");
    const bool is_word = is_below("command") || is_below("args");
    if (is_word && edit_.text) edit_.texts = {*edit_.text};
  }
  void read_data() {
    if (edit_.path.size() == 2 && edit_.text) {
      edit_.entries.push_back(config_entry_of(*value_, edit_.path[1], value_->at(), reader_));
    }
    if (edit_.path.size() != 1 || !value_->is_map()) return;
    value_->for_each_item([this](const YamlValue& entry) {
      if (entry.is_map() || entry.is_list()) return;
      edit_.entries.push_back(config_entry_of(entry, std::string(entry.key()), entry.key_at(), reader_));
    });
  }
  void read_rules() {
    if (edit_.path.size() < 3) {
      for_each([this](const YamlValue& one) { edit_.rules.push_back(access_rule_of(one, reader_)); });
    } else if (value_->is_list()) {
      edit_.texts = reader_.texts(item_, "value");
    } else if (edit_.text) {
      edit_.texts = {*edit_.text};
    }
  }

  const YamlValue& item_;
  PathEdit& edit_;
  ObjectReader& reader_;
  std::optional<YamlValue> value_;
};

std::string_view without_spaces(std::string_view text) {
  const std::size_t first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

// Up to the comma that no parenthesis holds.
std::string_view first_term(std::string_view text) {
  std::size_t at = 0;
  for (bool is_inside = false; at < text.size() && (is_inside || text[at] != ','); ++at) {
    is_inside = text[at] == '(' || (is_inside && text[at] != ')');
  }
  return text.substr(0, at);
}

// "tier in (web, api)"
std::optional<LabelRequirement> set_requirement(std::string_view term) {
  const std::size_t open = term.find('('), blank = term.find(' ');
  if (open == std::string_view::npos || blank > open || !term.ends_with(')')) return std::nullopt;
  const std::string_view op = without_spaces(term.substr(blank, open - blank));
  if (op != "in" && op != "notin") return std::nullopt;
  LabelRequirement requirement{std::string(term.substr(0, blank)), op == "in" ? "In" : "NotIn", {}};
  std::string_view values = term.substr(open + 1, term.size() - open - 2);
  while (!values.empty()) {
    const std::string_view value = values.substr(0, values.find(','));
    requirement.values.emplace_back(without_spaces(value));
    values.remove_prefix(std::min(value.size() + 1, values.size()));
  }
  return requirement;
}

std::optional<LabelRequirement> requirement_of(std::string_view term) {
  if (auto requirement = set_requirement(term)) return requirement;
  const std::size_t sign = term.find('=');
  if (sign == std::string_view::npos) {
    const bool is_absent = term.starts_with('!');
    const std::string key(without_spaces(term.substr(is_absent ? 1 : 0)));
    if (key.empty() || key.find(' ') != std::string::npos) return std::nullopt;
    return LabelRequirement{key, is_absent ? "DoesNotExist" : "Exists", {}};
  }
  const bool is_other = sign > 0 && term[sign - 1] == '!';
  const bool is_double = term.substr(sign).starts_with("==");
  return LabelRequirement{std::string(without_spaces(term.substr(0, sign - (is_other ? 1 : 0)))),
                          is_other ? "NotIn" : "In",
                          {std::string(without_spaces(term.substr(sign + (is_double ? 2 : 1))))}};
}

}  // namespace

std::optional<std::vector<PathEdit>> read_json_patch(const YamlValue& document, std::string_view file, Issues& issues) {
  if (!document.is_list()) return std::nullopt;
  ObjectReader reader(file, issues);
  std::vector<PathEdit> edits;
  for (const YamlValue& item : document.items()) {
    const std::string_view op = item.text_of("op"), path = item.text_of("path");
    if (op.empty() || path.empty() || op == "test") continue;
    const auto value = item.find("value");
    PathEdit& edit = edits.emplace_back();
    edit.action = action_of(op);
    edit.path = parts_of(path);
    edit.place = reader.place(value ? *value : item);
    ValueReader(item, edit, reader).read();
  }
  return edits.empty() ? std::nullopt : std::optional(std::move(edits));
}

LabelSelector selector_of(std::string_view text) {
  LabelSelector selector;
  while (!text.empty()) {
    const std::string_view term = first_term(text);
    text.remove_prefix(std::min(term.size() + 1, text.size()));
    if (auto requirement = requirement_of(without_spaces(term)))
      selector.requirements.push_back(std::move(*requirement));
  }
  return selector;
}

}  // namespace migplan
