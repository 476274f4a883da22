#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "ignore_comments.hpp"
#include "kubernetes.hpp"
#include "kustomization_reader.hpp"
#include "logging_configs.hpp"
#include "migplan/base/ascii.hpp"
#include "migplan/load/manifests_reader.hpp"
#include "yaml_documents.hpp"

namespace migplan {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::string_view base_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }

bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

// What a file is by its name; documents of the others are looked at only when they could be objects.
enum class FileSort : std::uint8_t { Any, Chart, Values, Kustomization, Spring, Log4j };

bool is_values_name(std::string_view name) {
  const std::size_t point = name.rfind('.');
  const std::string_view stem = name.substr(0, point);
  if (stem == "values") return true;
  const bool is_behind = stem.starts_with("values") && std::string_view("-_.").find(stem[6]) != std::string_view::npos;
  return is_behind || stem.ends_with("-values") || stem.ends_with("_values") || stem.ends_with(".values");
}

FileSort sort_of(std::string_view path) {
  const std::string_view name = base_name(path);
  if (name == "Chart.yaml" || name == "Chart.yml") return FileSort::Chart;
  if (name == "Kustomization" || name == "kustomization.yaml" || name == "kustomization.yml") {
    return FileSort::Kustomization;
  }
  if (name.starts_with("log4j2")) return FileSort::Log4j;
  if (name.starts_with("application") || name.starts_with("bootstrap")) return FileSort::Spring;
  const bool is_yaml = name.ends_with(".yaml") || name.ends_with(".yml");
  return is_yaml && is_values_name(name) ? FileSort::Values : FileSort::Any;
}

// Whether a key of values names a map of environment variables: env, extraEnv, envVars, environment.
bool is_environment(std::string_view key) {
  std::string word;
  for (const char c : key) word += lower(c);
  return word.ends_with("env") || word.ends_with("envs") || word.ends_with("envvars") || word.ends_with("environment");
}

// Everything in a tree of values that has the shape of an environment variable.
void add_variables(const YamlValue& value, ObjectReader& reader, std::vector<EnvVariable>& out) {
  const auto own_value = value.find("value");
  const bool is_variable = !value.text_of("name").empty() && own_value && !own_value->is_map() && !own_value->is_list();
  if (is_variable) out.push_back(env_variable(value, reader));
  const bool is_plain_map = value.is_map() && is_environment(value.key());
  value.for_each_item([&](const YamlValue& item) {
    const bool is_single = !item.is_map() && !item.is_list();
    if (!is_single) add_variables(item, reader, out);
    if (is_plain_map && is_single)
      out.push_back({std::string(item.key()), std::string(item.text()), reader.place(item)});
  });
}

Position moved(Position at, Position begin) { return {at.line + begin.line - 1, at.column + begin.column - 1}; }

// Moves what was read of an entry to where its lines stand, or to its key where they are not those of the file.
void move_places(LogElement& element, std::optional<Position> begin, Position key) {
  element.place.at = begin ? moved(element.place.at, *begin) : key;
  for (LogElement& child : element.children) move_places(child, begin, key);
}

class FileReader {
 public:
  FileReader(std::string_view name, ManifestRole role) : FileReader(name, name, role) {}
  // Of what is called `called` and stands in another file.
  FileReader(std::string_view name, std::string_view called, ManifestRole role)
      : called_(base_name(called)), role_(role), sort_(sort_of(called)) {
    file_.name = name;
    file_.counts.files = 1;
  }

  ManifestFile read(std::string_view text) && {
    if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
    const std::string_view name = called_;
    if (name.ends_with(".xml")) {
      read_xml(text);
    } else if (name.ends_with(".properties")) {
      read_property_file(text);
    } else if (name.ends_with(".json") || is_json(text)) {
      read_json(text);
    } else {
      read_yaml(text);
    }
    tell_templates();
    return std::move(file_);
  }

 private:
  // Of what has no ending, such as standard input.
  [[nodiscard]] bool is_json(std::string_view text) const {
    const std::string_view name = called_;
    if (name.ends_with(".yaml") || name.ends_with(".yml")) return false;
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    const std::size_t second = first == std::string_view::npos ? first : text.find_first_not_of(" \t\r\n", first + 1);
    return second != std::string_view::npos && text[first] == '{' && text[second] == '"';
  }

  void read_xml(std::string_view text) {
    const bool is_logging = has(text, "<configuration") || has(text, "<Configuration") || has(text, "<included") ||
                            has(text, "<Appenders") || has(text, "<Loggers");
    if (!is_logging) return pass_over();
    take_logging(read_log_xml(text, file_.name, file_.issues));
    if (file_.logging) file_.ignores = xml_ignore_comments(text, file_.name, file_.issues);
  }
  void take_logging(std::optional<LogElement> root) {
    ++file_.counts.documents;
    if (root) {
      file_.logging = std::make_shared<const LogElement>(std::move(*root));
    } else {
      ++(file_.issues.has_errors() ? file_.counts.broken : file_.counts.others);
    }
  }
  void pass_over() {
    ++file_.counts.documents;
    ++file_.counts.others;
  }

  void read_property_file(std::string_view text) {
    const std::vector<Property> properties = read_properties(text);
    take_spring(properties);
    if (auto root = log_element_of(properties, file_.name)) {
      take_logging(std::move(root));
    } else if (file_.outputs.empty()) {
      pass_over();
    } else {
      ++file_.counts.documents;
    }
    file_.ignores = hash_ignore_comments(text, file_.name, file_.issues);
  }
  void take_spring(const std::vector<Property>& properties) {
    if (is_for_development(spring_profile(properties, called_))) return;
    std::vector<LogOutput> outputs = spring_outputs(properties, file_.name);
    std::move(outputs.begin(), outputs.end(), std::back_inserter(file_.outputs));
    const auto name = std::find_if(properties.begin(), properties.end(),
                                   [](const Property& one) { return one.key == "spring.application.name"; });
    if (name != properties.end()) file_.application = name->value;
  }

  void read_json(std::string_view text) {
    ++file_.counts.documents;
    const JsonTree json(std::string(text), file_.name);
    const bool is_meant = has(text, "\"apiVersion\"") || sort_ != FileSort::Any || role_ == ManifestRole::Named;
    if (json.issues().has_errors()) return take_fault(text, json.issues(), is_meant);
    const YamlTree tree(json);
    for (const YamlValue& document : tree.documents()) take(document);
    const bool is_nothing = tree.documents().empty();
    if (is_nothing) ++file_.counts.others;
    if (file_.objects.size() == 0 && has(text, "$resolver")) file_.json_keys = json_keys(text);
  }

  void read_yaml(std::string_view text) {
    for (const YamlText& document : yaml_documents(text)) read_document(document);
    file_.ignores = hash_ignore_comments(text, file_.name, file_.issues);
  }
  // Whether it could be a JSON patch or a configuration of Log4j.
  static bool may_be_other(std::string_view text) {
    return has(text, "op:") || has(text, "\"op\"") || has(text, "onfiguration");
  }
  void read_document(const YamlText& document) {
    ++file_.counts.documents;
    const bool is_object = has(document.text, "kind") && has(document.text, "apiVersion");
    if (sort_ == FileSort::Any && !is_object && !may_be_other(document.text)) {
      // Whoever names a file wants to know what is wrong with it.
      if (role_ == ManifestRole::InFolder || !has(document.text, ":")) {
        ++file_.counts.others;
        return;
      }
    }
    const YamlTree tree(document.text, file_.name, Position{document.first_line, 1});
    const bool is_meant = is_object || sort_ != FileSort::Any || role_ == ManifestRole::Named;
    if (tree.issues().has_errors()) return take_fault(document.text, tree.issues(), is_meant);
    for (const YamlValue& root : tree.documents()) take(root);
  }

  void take_fault(std::string_view text, const Issues& faults, bool is_meant) {
    const bool is_template = has(text, "{{") && has(text, "}}");
    const bool is_budget = (is_template || is_meant) && has(text, "PodDisruptionBudget");
    if (is_budget) file_.unread_budgets.push_back(faults.kept().front().at);
    if (is_template) {
      if (file_.counts.templates++ == 0) first_template_ = faults.kept().front();
    } else if (is_meant) {
      ++file_.counts.broken;
      file_.issues.append(Issues(faults));
    } else {
      ++file_.counts.others;
    }
  }
  void tell_templates() {
    const std::size_t count = file_.counts.templates;
    if (count == 0) return;
    const std::string what = count == 1 ? "1 document is" : fmt::format("{} documents are", count);
    file_.issues.add({Severity::Note, file_.name, first_template_.at, "",
                      fmt::format("{} no YAML before the template is rendered, and passed over", what),
                      "helm template CHART | migplan lint -"});
  }

  // One document is one thing.
  void take(const YamlValue& document) {
    ObjectReader reader(file_.name, file_.issues);
    if (sort_ == FileSort::Chart && !reader.text(document, "name").empty()) {
      file_.chart = reader.text(document, "name");
    } else if (is_kustomization(document, file_.name)) {
      file_.kustomizations.push_back(read_kustomization(document, file_.name, file_.issues));
    } else if (is_kubernetes(document)) {
      take_objects(document);
    } else if (document.is_list() && take_list(document)) {
      return;
    } else if (sort_ == FileSort::Values && document.is_map()) {
      add_variables(document, reader, file_.values.emplace());
    } else if (sort_ == FileSort::Spring && document.is_map()) {
      take_spring(spring_properties(document));
    } else if (const auto root = log4j_root(document)) {
      file_.logging = std::make_shared<const LogElement>(log_element_of(*root, file_.name));
    } else {
      ++file_.counts.others;
    }
  }
  void take_objects(const YamlValue& document) {
    const std::size_t before = file_.objects.size(), maps = file_.objects.config_maps.size();
    if (!read_kubernetes(document, file_.name, file_.objects, file_.issues)) ++file_.counts.others;
    file_.counts.objects += file_.objects.size() - before;
    for (std::size_t i = maps; i < file_.objects.config_maps.size(); ++i) take_entries(file_.objects.config_maps[i]);
  }
  // Configurations of logs that stand in a ConfigMap.
  void take_entries(const ConfigMap& map) {
    for (const ConfigEntry& entry : map.entries) {
      const FileSort sort = sort_of(entry.key);
      const bool is_logging = sort == FileSort::Spring || sort == FileSort::Log4j || entry.key.ends_with(".xml");
      if (!is_logging || entry.value.find('\n') == std::string::npos) continue;
      ManifestFile inner = FileReader(file_.name, entry.key, ManifestRole::InFolder).read(entry.value);
      const bool is_nothing = !inner.logging && inner.outputs.empty() && inner.application.empty();
      if (is_nothing && inner.issues.kept().empty()) continue;
      inner.object = fmt::format("{} {}", to_string(map.id), entry.key);
      inner.owner = map.id.service;
      move_inner(inner, entry);
      file_.embedded.push_back(static_cast<LoggingFile&&>(inner));
    }
  }
  void move_inner(ManifestFile& inner, const ConfigEntry& entry) {
    const Position key = entry.place.at;
    if (inner.logging) {
      LogElement root = *inner.logging;
      move_places(root, entry.lines_at, key);
      inner.logging = std::make_shared<const LogElement>(std::move(root));
    }
    for (LogOutput& output : inner.outputs) {
      output.place.at = entry.lines_at ? moved(output.place.at, *entry.lines_at) : key;
    }
    // The manifest itself could be read.
    for (Issue issue : inner.issues.kept()) {
      if (issue.severity != Severity::Note) issue.severity = Severity::Warning;
      issue.at = entry.lines_at && issue.at.line != 0 ? moved(issue.at, *entry.lines_at) : key;
      file_.issues.add(std::move(issue));
    }
  }
  // A JSON patch, or objects without a List around them.
  bool take_list(const YamlValue& document) {
    if (auto edits = read_json_patch(document, file_.name, file_.issues)) {
      std::move(edits->begin(), edits->end(), std::back_inserter(file_.edits));
      return true;
    }
    bool has_objects = false;
    for (const YamlValue& item : document.items()) {
      if (!is_kubernetes(item)) continue;
      take_objects(item);
      has_objects = true;
    }
    return has_objects;
  }
  // {Configuration: {Appenders: …}} of Log4j 2.
  static std::optional<YamlValue> log4j_root(const YamlValue& document) {
    for (const char* const key : {"Configuration", "configuration"}) {
      const auto root = document.find(key);
      if (root && (root->find("Appenders") || root->find("appenders"))) return root;
    }
    return std::nullopt;
  }

  std::string_view called_;
  ManifestRole role_;
  FileSort sort_;
  ManifestFile file_;
  Issue first_template_;
};

}  // namespace

ManifestFile read_manifest_file(ByteSource& source, std::string_view name, ManifestRole role) {
  const std::string text = read_all(source);
  if (source.error().empty()) return FileReader(name, role).read(text);
  ManifestFile file;
  file.name = name;
  file.counts.files = 1;
  file.issues.add({Severity::Error, std::string(name), {}, "", std::string(source.error()), "", Cause::Access});
  return file;
}

bool is_manifest_name(std::string_view path) noexcept {
  const std::string_view name = base_name(path);
  constexpr std::array<std::string_view, 5> kEndings{".yaml", ".yml", ".json", ".xml", ".properties"};
  return name == "Kustomization" || std::any_of(kEndings.begin(), kEndings.end(),
                                                [name](std::string_view ending) { return name.ends_with(ending); });
}

}  // namespace migplan
