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
    for (const char* const key : {"resources", "bases", "components"}) {
      for (std::string& path : reader_.texts(document_, key)) out_.resources.push_back(std::move(path));
    }
    out_.space = reader_.text(document_, "namespace");
    read_labels();
    read_patches();
    for (const YamlValue& item : reader_.list(document_, "replicas")) {
      if (const auto count = item.is_map() ? reader_.whole(item, "count") : std::nullopt) {
        out_.replicas.push_back({reader_.text(item, "name"), *count});
      }
    }
    for (const YamlValue& item : reader_.list(document_, "configMapGenerator")) {
      if (item.is_map()) read_generator(item);
    }
    return std::move(out_);
  }

 private:
  void read_labels() {
    out_.pod_labels = reader_.labels(document_, "commonLabels");
    out_.selector_labels = out_.pod_labels;
    for (const YamlValue& item : reader_.list(document_, "labels")) {
      if (!item.is_map()) continue;
      const bool is_in_selectors = reader_.text(item, "includeSelectors") == "true";
      if (!is_in_selectors && reader_.text(item, "includeTemplates") != "true") continue;
      for (const auto& [key, value] : reader_.labels(item, "pairs")) {
        out_.pod_labels.insert_or_assign(key, value);
        if (is_in_selectors) out_.selector_labels.insert_or_assign(key, value);
      }
    }
  }

  // A text of several lines stands below its key.
  void add_inline(const YamlValue& text, PatchTarget target) {
    const bool is_block = text.text().find('\n') != std::string_view::npos;
    const YamlTree tree(text.text(), file_, text.at().line + (is_block ? 1 : 0));
    if (tree.issues().has_errors()) issues_.append(Issues(tree.issues()));
    for (const YamlValue& document : tree.documents()) {
      KustomizePatch patch{"", {}, target};
      if (auto operations = read_json_patch(document, file_, issues_)) {
        patch.objects = std::move(*operations);
      } else if (is_kubernetes(document)) {
        read_kubernetes(document, file_, patch.objects, issues_);
      }
      out_.patches.push_back(std::move(patch));
    }
  }

  void read_patches() {
    for (const YamlValue& item : reader_.list(document_, "patchesStrategicMerge")) {
      if (!item.is_text()) continue;
      const bool is_inline = item.text().find(':') != std::string_view::npos;
      is_inline ? add_inline(item, {}) : out_.patches.push_back({std::string(item.text()), {}, {}});
    }
    for (const char* const key : {"patches", "patchesJson6902"}) {
      for (const YamlValue& item : reader_.list(document_, key)) {
        // In `patches` of old a text is a file.
        if (item.is_text()) out_.patches.push_back({std::string(item.text()), {}, {}});
        if (!item.is_map()) continue;
        const auto target = reader_.map(item, "target");
        PatchTarget meant{reader_.text(target, "kind"), reader_.text(target, "name")};
        if (const auto text = item.find("patch"); text && text->is_text()) {
          add_inline(*text, std::move(meant));
        } else if (const std::string path = reader_.text(item, "path"); !path.empty()) {
          out_.patches.push_back({path, {}, std::move(meant)});
        }
      }
    }
  }

  // literals: [KEY=VALUE]
  void read_generator(const YamlValue& item) {
    ConfigMap map;
    map.id.kind = "ConfigMap";
    map.id.name = map.id.service = reader_.text(item, "name");
    map.id.place = reader_.place(item);
    for (const YamlValue& literal : reader_.list(item, "literals")) {
      const std::string_view text = literal.text();
      const std::size_t sign = text.find('=');
      if (sign == std::string_view::npos) continue;
      map.entries.push_back(
          {std::string(text.substr(0, sign)), std::string(text.substr(sign + 1)), reader_.place(literal)});
    }
    out_.generated.config_maps.push_back(std::move(map));
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

std::optional<ManifestSet> read_json_patch(const YamlValue& document, std::string_view file, Issues& issues) {
  if (!document.is_list()) return std::nullopt;
  ObjectReader reader(file, issues);
  ManifestSet set;
  bool is_patch = false;
  for (const YamlValue& item : document.items()) {
    const std::string_view op = item.text_of("op"), path = item.text_of("path");
    is_patch = is_patch || (!op.empty() && !path.empty());
    if (op != "add" && op != "replace") continue;
    if (path == "/spec/replicas") {
      set.workloads.emplace_back().replicas = reader.whole(item, "value");
    } else if (path == "/spec/minReplicas") {
      set.autoscalers.emplace_back().fewest = reader.whole(item, "value");
    } else if (path == "/spec/minAvailable") {
      set.budgets.emplace_back().min_available = reader.pod_count(item, "value");
    } else if (path == "/spec/maxUnavailable") {
      set.budgets.emplace_back().max_unavailable = reader.pod_count(item, "value");
    }
  }
  return is_patch ? std::optional(std::move(set)) : std::nullopt;
}

}  // namespace migplan
