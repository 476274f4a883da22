#include "migplan/verification/kustomization.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "overlay_patch.hpp"

namespace migplan {
namespace {

// A base that is used twice doubles; a chain of such would have no end.
constexpr std::size_t kMostObjects = 200'000;

bool is_remote(std::string_view path) {
  return path.find("://") != std::string_view::npos || path.find("?ref=") != std::string_view::npos ||
         path.starts_with("git@") || path.starts_with("github.com/");
}

class Kustomizations {
 public:
  Kustomizations(ManifestFiles& files, const std::vector<Kustomization>& all, Issues& issues)
      : files_(files), all_(all), issues_(issues) {
    for (const Kustomization& one : all) by_folder_.emplace(one.folder, &one);
    for (const Kustomization& one : all) {
      for (const std::string& resource : one.resources) take_note(one, resource);
      for (const KustomizePatch& patch : one.patches) used_files_.insert(normal_path(one.folder, patch.file));
    }
  }

  std::vector<ManifestSet> sets() {
    std::vector<ManifestSet> sets(1);
    for (const Kustomization& one : all_) {
      if (!used_folders_.contains(one.folder)) add(one, sets);
    }
    // What is left names each other in a circle.
    for (const Kustomization& one : all_) {
      if (!built_.contains(&one)) add(one, sets);
    }
    for (auto& [path, objects] : files_) {
      if (!used_files_.contains(path)) sets.front().append(std::move(objects));
    }
    return sets;
  }

 private:
  void take_note(const Kustomization& one, const std::string& resource) {
    const std::string path = normal_path(one.folder, resource);
    (by_folder_.contains(path) ? used_folders_ : used_files_).insert(path);
  }

  void warn(const Kustomization& at, std::string message) {
    issues_.add({Severity::Warning, at.place.file, at.place.at, "", std::move(message), ""});
  }

  void add(const Kustomization& one, std::vector<ManifestSet>& sets) {
    left_ = kMostObjects;
    ManifestSet set = built(one);
    set.overlay = one.folder;
    sets.push_back(std::move(set));
  }

  ManifestSet built(const Kustomization& one) {
    built_.insert(&one);
    if (!open_.insert(&one).second) {
      warn(one, "it is among its own resources");
      return {};
    }
    ManifestSet set;
    for (const std::string& resource : one.resources) set.append(resources(one, resource));
    set.append(one.generated);
    for (const KustomizePatch& patch : one.patches) apply(one, patch, set);
    transform(set, one);
    open_.erase(&one);
    return set;
  }

  ManifestSet resources(const Kustomization& one, const std::string& resource) {
    const std::string path = normal_path(one.folder, resource);
    if (const auto child = by_folder_.find(path); child != by_folder_.end()) return built(*child->second);
    const auto file = files_.find(path);
    if (file == files_.end()) {
      if (!is_remote(resource)) warn(one, fmt::format("its resource {} is not among the files", in_quotes(resource)));
      return {};
    }
    const std::size_t size = file->second.size();
    if (size > left_) {
      warn(one, fmt::format("it unfolds to more than {} objects; what is beyond is not judged", kMostObjects));
      left_ = 0;
      return {};
    }
    left_ -= size;
    return file->second;
  }

  void apply(const Kustomization& one, const KustomizePatch& patch, ManifestSet& set) {
    const bool is_here = patch.file.empty() || patch.objects.size() != 0;
    if (is_here) return patch_objects(set, patch.objects, patch.target);
    const auto file = files_.find(normal_path(one.folder, patch.file));
    if (file == files_.end()) {
      warn(one, fmt::format("its patch {} is not among the files", in_quotes(patch.file)));
      return;
    }
    patch_objects(set, file->second, patch.target);
  }

  ManifestFiles& files_;
  const std::vector<Kustomization>& all_;
  Issues& issues_;
  std::map<std::string, const Kustomization*> by_folder_;
  std::set<std::string> used_folders_, used_files_;
  std::set<const Kustomization*> open_, built_;
  std::size_t left_ = kMostObjects;
};

}  // namespace

std::vector<ManifestSet> manifest_sets(ManifestFiles files, const std::vector<Kustomization>& all, Issues& issues) {
  return Kustomizations(files, all, issues).sets();
}

std::string normal_path(std::string_view folder, std::string_view relative) {
  std::vector<std::string_view> parts;
  const bool is_absolute = relative.starts_with('/') || (folder.starts_with('/'));
  const auto take = [&parts, is_absolute](std::string_view path) {
    while (!path.empty()) {
      const std::string_view part = path.substr(0, path.find('/'));
      path.remove_prefix(std::min(part.size() + 1, path.size()));
      if (part.empty() || part == ".") continue;
      const bool is_up = part == ".." && !parts.empty() && parts.back() != "..";
      if (is_up) {
        parts.pop_back();
      } else if (part != ".." || !is_absolute) {
        parts.push_back(part);
      }
    }
  };
  if (!relative.starts_with('/')) take(folder);
  take(relative);
  std::string path = fmt::format("{}{}", is_absolute ? "/" : "", fmt::join(parts, "/"));
  return path.empty() ? "." : path;
}

}  // namespace migplan
