#include "kustomization_reader.hpp"

#include <algorithm>
#include <utility>

#include "kubernetes.hpp"

namespace migplan {
namespace {

class KustomizationReader {
 public:
  KustomizationReader(const YamlValue& document, std::string_view file, Issues& issues)
      : document_(document), file_(file), issues_(issues), reader_(file, issues) {}

  Kustomization read() && {
    const std::size_t slash = file_.rfind('/');
    out_.folder = normal_path(slash == std::string_view::npos ? "" : file_.substr(0, slash + 1), "");
    out_.place = reader_.place(document_);
    out_.resources = reader_.texts(document_, "resources");
    for (std::string& path : reader_.texts(document_, "bases")) out_.resources.push_back(std::move(path));
    out_.components = reader_.texts(document_, "components");
    out_.space = reader_.text(document_, "namespace");
    out_.prefix = reader_.text(document_, "namePrefix");
    out_.suffix = reader_.text(document_, "nameSuffix");
    read_labels();
    read_patches();
    read_unread();
    for (const YamlValue& item : reader_.list(document_, "replicas")) {
      if (const auto count = item.is_map() ? reader_.whole(item, "count") : std::nullopt) {
        out_.replicas.push_back({reader_.text(item, "name"), *count});
      }
    }
    for (const YamlValue& item : reader_.list(document_, "configMapGenerator")) {
      if (item.is_map()) read_generator(item, "ConfigMap");
    }
    for (const YamlValue& item : reader_.list(document_, "secretGenerator")) {
      if (item.is_map()) read_generator(item, "Secret");
    }
    return std::move(out_);
  }

 private:
  void read_labels() {
    out_.annotations = reader_.labels(document_, "commonAnnotations");
    out_.labels = reader_.labels(document_, "commonLabels");
    out_.selector_labels = out_.pod_labels = out_.labels;
    for (const YamlValue& item : reader_.list(document_, "labels")) {
      if (!item.is_map()) continue;
      const bool is_in_selectors = reader_.text(item, "includeSelectors") == "true";
      const bool is_on_pods = is_in_selectors || reader_.text(item, "includeTemplates") == "true";
      for (const auto& [key, value] : reader_.labels(item, "pairs")) {
        out_.labels.insert_or_assign(key, value);
        if (is_on_pods) out_.pod_labels.insert_or_assign(key, value);
        if (is_in_selectors) out_.selector_labels.insert_or_assign(key, value);
      }
    }
  }

  void read_unread() {
    for (const char* const key :
         {"replacements", "helmCharts", "helmChartInflationGenerator", "generators", "transformers", "vars"}) {
      const auto value = document_.find(key);
      const bool is_used = value && (value->is_map() || (value->is_list() && !value->items().empty()));
      if (is_used) out_.unread.push_back({key, {std::string(file_), value->key_at(), ""}});
    }
  }

  void add_inline(const YamlValue& text, const PatchTarget& target) {
    // The lines of other texts than literal blocks are not those of the file; the first begins behind its quote.
    const Position quoted{text.at().line, text.at().column + 1};
    const YamlTree tree(text.text(), file_, text.block_at().value_or(quoted));
    if (tree.issues().has_errors()) issues_.append(Issues(tree.issues()));
    for (const YamlValue& document : tree.documents()) {
      KustomizePatch patch{"", {}, {}, target};
      if (auto edits = read_json_patch(document, file_, issues_)) {
        patch.edits = std::move(*edits);
      } else if (is_kubernetes(document)) {
        read_kubernetes(document, file_, patch.objects, issues_);
      }
      out_.patches.push_back(std::move(patch));
    }
  }

  PatchTarget read_target(const YamlValue& patch) {
    const auto target = reader_.map(patch, "target");
    PatchTarget meant{reader_.text(target, "kind"), reader_.text(target, "name"), reader_.text(target, "namespace")};
    meant.is_stated = target.has_value();
    meant.labels = selector_of(reader_.text(target, "labelSelector"));
    meant.annotations = selector_of(reader_.text(target, "annotationSelector"));
    return meant;
  }

  void read_patches() {
    for (const YamlValue& item : reader_.list(document_, "patchesStrategicMerge")) {
      if (!item.is_text()) continue;
      const bool is_inline = item.text().find(':') != std::string_view::npos;
      is_inline ? add_inline(item, {}) : out_.patches.push_back({std::string(item.text()), {}, {}, {}});
    }
    for (const char* const key : {"patches", "patchesJson6902"}) {
      for (const YamlValue& item : reader_.list(document_, key)) {
        // In `patches` of old a text is a file.
        if (item.is_text()) out_.patches.push_back({std::string(item.text()), {}, {}, {}});
        if (!item.is_map()) continue;
        PatchTarget meant = read_target(item);
        if (const auto text = item.find("patch"); text && text->is_text()) {
          add_inline(*text, meant);
        } else if (const std::string path = reader_.text(item, "path"); !path.empty()) {
          out_.patches.push_back({path, {}, {}, std::move(meant)});
        }
      }
    }
  }

  // files: [PATH, KEY=PATH], envs: [PATH]; long ago env: PATH.
  void read_generated_files(const YamlValue& item, GeneratedMap& generated) {
    for (const YamlValue& file : reader_.list(item, "files")) {
      const std::string_view text = file.text(), path = text.substr(text.find('=') + 1);  // npos + 1 = 0
      const std::string_view key =
          path.size() == text.size() ? path.substr(path.rfind('/') + 1) : text.substr(0, text.size() - path.size() - 1);
      generated.files.push_back({std::string(key), std::string(path), false, reader_.place(file)});
    }
    for (const YamlValue& file : reader_.list(item, "envs")) {
      generated.files.push_back({"", std::string(file.text()), true, reader_.place(file)});
    }
    if (const auto file = item.find("env"); file && file->is_text()) {
      generated.files.push_back({"", std::string(file->text()), true, reader_.place(*file)});
    }
    std::erase_if(generated.files, [](const GeneratedFile& one) { return one.path.empty(); });
  }

  // literals: [KEY=VALUE]
  void read_generator(const YamlValue& item, std::string_view kind) {
    GeneratedMap generated;
    ConfigMap& map = generated.map;
    map.id.kind = kind;
    map.is_secret = kind == "Secret";
    map.id.name = map.id.service = reader_.text(item, "name");
    map.id.place = reader_.place(item);
    for (const YamlValue& literal : reader_.list(item, "literals")) {
      const std::string_view text = literal.text();
      const std::size_t sign = text.find('=');
      if (sign == std::string_view::npos) continue;
      map.entries.push_back(
          {std::string(text.substr(0, sign)), std::string(text.substr(sign + 1)), reader_.place(literal), {}, false});
    }
    read_generated_files(item, generated);
    const std::string behavior = reader_.text(item, "behavior");
    generated.behavior = behavior == "merge"     ? GeneratedMap::Behavior::Merge
                         : behavior == "replace" ? GeneratedMap::Behavior::Replace
                                                 : GeneratedMap::Behavior::Create;
    out_.generated.push_back(std::move(generated));
  }

  const YamlValue& document_;
  std::string_view file_;
  Issues& issues_;
  ObjectReader reader_;
  Kustomization out_;
};

}  // namespace

bool is_kustomization(const YamlValue& document, std::string_view file) {
  if (!document.is_map()) return false;
  const std::string_view kind = document.text_of("kind");
  if (kind == "Kustomization" || kind == "Component") {
    const std::string_view version = document.text_of("apiVersion");
    return version.empty() || version.starts_with("kustomize.config.k8s.io/");
  }
  const std::string_view name = file.substr(file.rfind('/') + 1);
  return kind.empty() && (name == "kustomization.yaml" || name == "kustomization.yml" || name == "Kustomization");
}

Kustomization read_kustomization(const YamlValue& document, std::string_view file, Issues& issues) {
  return KustomizationReader(document, file, issues).read();
}

}  // namespace migplan
