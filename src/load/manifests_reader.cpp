#include "migplan/load/manifests_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <iterator>
#include <map>
#include <set>
#include <thread>
#include <utility>

#include "ignore_comments.hpp"
#include "kubernetes.hpp"
#include "logging_configs.hpp"

namespace migplan {
namespace {

std::string_view folder_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}
std::string_view base_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }

// The folder of the project that a file is of: Maven's and Gradle's inner folders say nothing.
std::string project_of(std::string_view path) {
  std::string_view folder = folder_of(path);
  for (const std::string_view inner :
       {"/src/main/resources", "/src/test/resources", "/resources", "/config", "/conf"}) {
    if (folder.ends_with(inner)) folder.remove_suffix(inner.size());
  }
  const std::string_view name = base_name(folder);
  return std::string(name.empty() || name == "." ? base_name(path) : name);
}

// What Maven and Gradle put on the class path of tests only.
bool is_for_tests(std::string_view path) {
  return path.starts_with("src/test/") || path.find("/src/test/") != std::string_view::npos;
}

// What the documents of a file are for: a chart's templates for the chart, anything else for its folder.
std::string folder_for(std::string_view path) {
  const std::size_t templates = path.rfind("/templates/");
  return std::string(templates == std::string_view::npos ? folder_of(path) : path.substr(0, templates));
}

ManifestFile read_one(const ManifestSource& source) {
  auto bytes = source.open();
  if (bytes.is_ok()) return read_manifest_file(*bytes.value(), source.name, source.role);
  ManifestFile file;
  file.name = source.name;
  file.counts.files = 1;
  file.issues = bytes.issues();
  return file;
}

class Material {
 public:
  Material(std::vector<ManifestFile> files, GeneratorFiles generated)
      : files_(std::move(files)), generated_(std::move(generated)) {
    for (const ManifestFile& file : files_) by_name_.emplace(normal_path("", file.name), &file);
  }

  LintMaterial all() && {
    for (ManifestFile& file : files_) {
      out_.counts.add(file.counts);
      out_.issues.append(std::move(file.issues));
      std::move(file.ignores.begin(), file.ignores.end(), std::back_inserter(out_.ignores));
      for (const Position at : file.unread_budgets) {
        out_.input.unread_budgets.push_back({{file.name, at, ""}, folder_for(file.name)});
      }
    }
    out_.issues.append(std::move(generated_.issues));
    std::move(generated_.ignores.begin(), generated_.ignores.end(), std::back_inserter(out_.ignores));
    add_logging();
    add_charts();
    add_sets();
    return std::move(out_);
  }

 private:
  // Logback names resources of the class path: the file whose path ends so, the nearest one first.
  [[nodiscard]] const ManifestFile* resource(const LoggingFile& from, std::string_view name) const {
    const std::size_t scheme = name.find(':');
    if (scheme != std::string_view::npos) name.remove_prefix(scheme + 1);
    while (name.starts_with('/')) name.remove_prefix(1);
    if (name.empty()) return nullptr;
    const auto beside = by_name_.find(normal_path(folder_of(from.name), name));
    if (beside != by_name_.end()) return beside->second;
    for (const auto& [path, file] : by_name_) {
      if (path == name || (path.ends_with(name) && path[path.size() - name.size() - 1] == '/')) return file;
    }
    return nullptr;
  }

  // What Spring Boot reads together: the files of a folder, the entries of a ConfigMap.
  static std::string group_of(const LoggingFile& file) {
    if (file.object.empty()) return normal_path("", folder_of(file.name));
    return file.name + " " + file.object.substr(0, file.object.rfind(' '));
  }
  template <class Use>
  void for_each_file(const Use& use) {
    for (ManifestFile& file : files_) {
      use(file);
      for (LoggingFile& inner : file.embedded) use(inner);
    }
  }
  // spring.application.name may stand in application.yaml and the format of the logs in that of a profile.
  void share_names() {
    std::map<std::string, std::string> names;
    for_each_file([&names](const LoggingFile& file) {
      const std::string_view path = file.object.empty() ? std::string_view(file.name) : file.object;
      const std::string_view name = path.substr(path.find_last_of("/ ") + 1);  // npos + 1 = 0
      const bool is_for_all = name.starts_with("application.") || name.starts_with("bootstrap.");
      if (is_for_all && !file.application.empty()) names.emplace(group_of(file), file.application);
    });
    for_each_file([&names](LoggingFile& file) {
      const auto found = file.outputs.empty() ? names.end() : names.find(group_of(file));
      if (found == names.end()) return;
      if (file.application.empty()) file.application = found->second;
      add_service_name(file.outputs);
    });
  }

  void add_logging() {
    share_names();
    std::set<const LogElement*> included;
    std::vector<LoggingConfig> configs;
    std::vector<const LogElement*> roots;
    for (const ManifestFile& file : files_) {
      if (!is_for_tests(file.name)) add_configs(file, configs, roots, included);
      for (const LoggingFile& inner : file.embedded) add_configs(inner, configs, roots, included);
    }
    for (std::size_t i = 0; i < configs.size(); ++i) {
      // What another one includes is judged there.
      if (!included.contains(roots[i]) && !configs[i].outputs.empty())
        out_.input.logging.push_back(std::move(configs[i]));
    }
  }
  static std::string object_of(const LoggingFile& file) {
    return file.object.empty() ? "Logging " + file.name : file.object;
  }
  static std::string service_of(const LoggingFile& file) {
    if (!file.application.empty()) return file.application;
    return file.owner.empty() ? project_of(file.name) : file.owner;
  }
  void add_configs(const LoggingFile& file, std::vector<LoggingConfig>& configs, std::vector<const LogElement*>& roots,
                   std::set<const LogElement*>& included) const {
    if (file.logging) add_config(file, configs, roots, included);
    if (file.outputs.empty()) return;
    configs.push_back({file.name, service_of(file), object_of(file), file.outputs});
    roots.push_back(nullptr);
  }
  void add_config(const LoggingFile& file, std::vector<LoggingConfig>& configs, std::vector<const LogElement*>& roots,
                  std::set<const LogElement*>& included) const {
    const LogElement& root = *file.logging;
    LoggingConfig config{file.name, service_of(file), object_of(file), {}};
    const IncludedFile include = [&](std::string_view name) -> const LogElement* {
      const ManifestFile* const found = resource(file, name);
      if (found == nullptr || !found->logging || found == &file) return nullptr;
      included.insert(found->logging.get());
      return found->logging.get();
    };
    const TemplateKeys keys = [&](std::string_view uri) -> std::optional<std::vector<std::string>> {
      const ManifestFile* const found = resource(file, uri);
      return found == nullptr ? std::nullopt : found->json_keys;
    };
    config.outputs = is_log4j(root) ? log4j_outputs(root, keys, include) : logback_outputs(root, include);
    configs.push_back(std::move(config));
    roots.push_back(&root);
  }

  // The chart that a values file is of: of its folder or one above, no further than its values may be spread.
  [[nodiscard]] std::string chart_folder(std::string_view path,
                                         const std::map<std::string, std::string>& charts) const {
    constexpr int kMostAbove = 3;
    std::string_view folder = folder_of(path);
    for (int above = 0; above <= kMostAbove; ++above) {
      std::string normal = normal_path("", folder);
      if (charts.contains(normal)) return normal;
      if (folder.empty()) break;
      folder = folder_of(folder);
    }
    return normal_path("", folder_of(path));
  }
  void add_charts() {
    std::map<std::string, std::string> charts;  // name by folder
    std::set<std::string> kustomized;
    for (const ManifestFile& file : files_) {
      if (file.chart) charts.emplace(normal_path("", folder_of(file.name)), *file.chart);
      if (!file.kustomizations.empty()) kustomized.insert(normal_path("", folder_of(file.name)));
    }
    std::map<std::string, HelmChart> all;
    for (ManifestFile& file : files_) {
      if (!file.values) continue;
      const std::string folder = chart_folder(file.name, charts);
      const bool is_chart = charts.contains(folder);
      const std::string path = normal_path("", file.name);
      const std::string inner = folder == "." ? path : path.substr(std::min(folder.size() + 1, path.size()));
      // Values of an overlay are what is asked for; those below ci/ are for tests of the chart itself.
      const bool is_other = kustomized.contains(normal_path("", folder_of(file.name))) || inner.starts_with("ci/") ||
                            inner.starts_with("tests/");
      if (is_other || (!is_chart && is_plain(inner))) continue;
      HelmChart& chart = all[folder];
      chart.folder = folder;
      chart.name = is_chart ? charts.at(folder) : std::string(base_name(folder));
      chart.values.push_back({inner, std::move(*file.values), {file.name, {1, 1}, ""}});
    }
    for (auto& [folder, chart] : all) out_.input.charts.push_back(std::move(chart));
  }
  // values.yaml by itself, without a chart, may be of anything.
  static bool is_plain(std::string_view name) { return name == "values.yaml" || name == "values.yml"; }

  void add_sets() {
    ManifestFiles objects;
    std::vector<Kustomization> kustomizations;
    for (ManifestFile& file : files_) {
      for (Kustomization& one : file.kustomizations) {
        for (KustomizePatch& patch : one.patches) add_edits(one, patch);
        for (GeneratedMap& map : one.generated) add_entries(one, map);
        kustomizations.push_back(std::move(one));
      }
    }
    for (ManifestFile& file : files_) objects[normal_path("", file.name)].append(std::move(file.objects));
    out_.input.sets = manifest_sets(std::move(objects), kustomizations, out_.issues);
  }
  void add_edits(const Kustomization& one, KustomizePatch& patch) const {
    if (patch.file.empty()) return;
    const auto found = by_name_.find(normal_path(one.folder, patch.file));
    if (found != by_name_.end()) patch.edits = found->second->edits;
  }

  void add_entries(const Kustomization& one, GeneratedMap& generated) {
    for (const GeneratedFile& file : generated.files) {
      const auto found = generated_.texts.find(normal_path(one.folder, file.path));
      if (found == generated_.texts.end()) {
        out_.issues.add({Severity::Warning, file.place.file, file.place.at, "",
                         fmt::format("{} is not among the files", in_quotes(file.path)), ""});
      } else if (file.is_environment) {
        add_variables(found->first, found->second, generated.map);
      } else {
        generated.map.entries.push_back({file.key,
                                         found->second,
                                         {found->first, {1, 1}, ""},
                                         Position{1, 1},
                                         false,
                                         config_values(file.key, found->second)});
      }
    }
  }
  // Lines such as KEY=VALUE.
  static void add_variables(const std::string& path, std::string_view text, ConfigMap& map) {
    for (std::uint32_t number = 1; !text.empty(); ++number) {
      const std::string_view line = text.substr(0, text.find('\n'));
      const std::size_t sign = line.find('=');
      text.remove_prefix(std::min(line.size() + 1, text.size()));
      if (line.starts_with('#') || sign == std::string_view::npos) continue;
      const std::size_t end = line.find_last_not_of('\r') + 1;
      map.entries.push_back({std::string(line.substr(0, sign)),
                             std::string(line.substr(sign + 1, end - sign - 1)),
                             {path, {number, 1}, ""},
                             {},
                             false});
    }
  }

  std::vector<ManifestFile> files_;
  GeneratorFiles generated_;
  std::map<std::string, const ManifestFile*> by_name_;
  LintMaterial out_;
};

}  // namespace

std::vector<ManifestFile> read_manifest_files(const std::vector<ManifestSource>& sources, unsigned threads) {
  std::vector<ManifestFile> files(sources.size());
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (std::size_t i = next++; i < sources.size(); i = next++) files[i] = read_one(sources[i]);
  };
  const std::size_t count = std::min<std::size_t>(std::max(threads, 1U), sources.size());
  std::vector<std::jthread> pool;
  for (std::size_t i = 1; i < count; ++i) pool.emplace_back(work);
  work();
  return files;
}

GeneratorFiles read_generator_files(const std::vector<ManifestFile>& files, const OpenFile& open) {
  GeneratorFiles out;
  std::set<std::string> paths, known;
  for (const ManifestFile& file : files) {
    known.insert(normal_path("", file.name));
    for (const Kustomization& one : file.kustomizations) {
      for (const GeneratedMap& map : one.generated) {
        for (const GeneratedFile& wanted : map.files) paths.insert(normal_path(one.folder, wanted.path));
      }
    }
  }
  for (const std::string& path : paths) {
    auto source = open(path);
    if (!source) continue;
    out.issues.append(Issues(source->issues()));
    if (!source->is_ok()) continue;
    std::string text = read_all(*source->value());
    if (const std::string_view error = source->value()->error(); !error.empty()) {
      out.issues.add({Severity::Error, path, {}, "", std::string(error), "", Cause::Access});
      continue;
    }
    if (!known.contains(path)) {
      std::vector<IgnoreComment> ignores = hash_ignore_comments(text, path, out.issues);
      std::move(ignores.begin(), ignores.end(), std::back_inserter(out.ignores));
    }
    out.texts.emplace(path, std::move(text));
  }
  return out;
}

LintMaterial lint_material(std::vector<ManifestFile> files, GeneratorFiles generated) {
  return Material(std::move(files), std::move(generated)).all();
}

}  // namespace migplan
