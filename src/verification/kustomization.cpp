#include "migplan/verification/kustomization.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "overlay_patch.hpp"

namespace migplan {
namespace {

// A base that is used twice doubles; a chain of such would have no end. A kustomization counts as an object.
constexpr std::size_t kMostObjects = 200'000;
constexpr std::size_t kMostInAll = 1'000'000;
constexpr std::size_t kMostDepth = 200;

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
      for (const std::string& component : one.components) take_note(one, component);
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
    std::vector<ManifestSet*> unused;
    for (auto& [path, objects] : files_) {
      if (!used_files_.contains(path)) unused.push_back(&objects);
    }
    sets.front().append(unused);
    return sets;
  }

 private:
  void take_note(const Kustomization& one, const std::string& resource) {
    const std::string path = normal_path(one.folder, resource);
    (by_folder_.contains(path) ? used_folders_ : used_files_).insert(path);
  }

  // Once, however many overlays share it.
  void warn(const EvidencePlace& at, std::string message) {
    if (!told_.insert({&at, message}).second) return;
    issues_.add({Severity::Warning, at.file, at.at, "", std::move(message), ""});
  }
  void warn(const Kustomization& at, std::string message) { warn(at.place, std::move(message)); }

  void add(const Kustomization& one, std::vector<ManifestSet>& sets) {
    const std::size_t most = std::min(kMostObjects, left_in_all_);
    left_ = most;
    is_too_large_ = false;
    ManifestSet set;
    build_into(set, one);
    left_in_all_ -= most - left_;
    set.overlay = one.folder;
    sets.push_back(std::move(set));
  }

  // False = there is no room for so much.
  bool take_room(const Kustomization& one, std::size_t size) {
    if (size <= left_) {
      left_ -= size;
      return true;
    }
    left_ = 0;
    if (!std::exchange(is_too_large_, true)) {
      warn(one, "what the overlays unfold to is too much; what is beyond is not judged");
    }
    return false;
  }

  // What a kustomization adds to a set: to none, or, where it is a component, to that of the one that names it, which
  // it then changes as a whole.
  void build_into(ManifestSet& set, const Kustomization& one) {
    built_.insert(&one);
    if (open_.contains(&one)) return warn(one, "it is among its own resources");
    if (open_.size() == kMostDepth) return warn(one, "kustomizations name each other to no end");
    if (!take_room(one, 1)) return;
    open_.insert(&one);
    for (const UnreadField& field : one.unread) {
      add_gap(set, field.place,
              fmt::format("its {} are not followed: what they add or change is not judged", field.name));
    }
    for (const std::string& resource : one.resources) set.append(resources(one, resource));
    for (const GeneratedMap& generated : one.generated) add_generated(set, generated);
    for (const std::string& component : one.components) add_component(set, one, component);
    for (const KustomizePatch& patch : one.patches) apply(one, patch, set);
    transform(set, one);
    open_.erase(&one);
  }

  void add_component(ManifestSet& set, const Kustomization& one, const std::string& component) {
    const auto found = by_folder_.find(normal_path(one.folder, component));
    if (found != by_folder_.end()) return build_into(set, *found->second);
    add_absent(set, one, "component", component);
  }

  void add_absent(ManifestSet& set, const Kustomization& one, std::string_view what, const std::string& path) {
    if (is_remote(path)) {
      add_gap(set, one.place, fmt::format("its {} {} is an address, and is not read", what, in_quotes(path)));
    } else {
      warn(one, fmt::format("its {} {} is not among the files", what, in_quotes(path)));
    }
  }

  ManifestSet resources(const Kustomization& one, const std::string& resource) {
    const std::string path = normal_path(one.folder, resource);
    ManifestSet set;
    if (const auto child = by_folder_.find(path); child != by_folder_.end()) {
      build_into(set, *child->second);
      return set;
    }
    const auto file = files_.find(path);
    if (file == files_.end()) {
      add_absent(set, one, "resource", resource);
      return set;
    }
    if (take_room(one, file->second.size())) set = file->second;
    return set;
  }

  void apply(const Kustomization& one, const KustomizePatch& patch, ManifestSet& set) {
    for (const PathEdit* edit : edit_objects(set, patch.edits, patch.target)) {
      warn(edit->place, fmt::format("the operation on {} is not followed: some object is judged without it",
                                    in_quotes(path_of(*edit))));
    }
    if (!patch.edits.empty()) return;
    const bool is_here = patch.file.empty() || patch.objects.size() != 0;
    if (is_here) return merge(patch.objects, patch.target, set);
    const auto file = files_.find(normal_path(one.folder, patch.file));
    if (file == files_.end()) {
      warn(one, fmt::format("its patch {} is not among the files", in_quotes(patch.file)));
      return;
    }
    merge(file->second, patch.target, set);
  }

  void merge(const ManifestSet& patch, const PatchTarget& target, ManifestSet& set) {
    const PatchOutcome outcome = patch_objects(set, patch, target);
    for (const Removal* removal : outcome.left) {
      warn(removal->place, fmt::format("what the patch takes out at {} is not followed: some object is judged with it",
                                       in_quotes(fmt::format("/{}", fmt::join(removal->path, "/")))));
    }
    for (const ObjectId* id : outcome.idle) {
      warn(id->place, fmt::format("the patch of {} meets no object", to_string(*id)));
    }
  }

  // What may add or change objects and is not read.
  void add_gap(ManifestSet& set, const EvidencePlace& at, std::string message) {
    set.gaps.push_back(at);
    warn(at, std::move(message));
  }

  ManifestFiles& files_;
  const std::vector<Kustomization>& all_;
  Issues& issues_;
  std::map<std::string, const Kustomization*> by_folder_;
  std::set<std::string> used_folders_, used_files_;
  std::set<const Kustomization*> open_, built_;
  std::set<std::pair<const EvidencePlace*, std::string>> told_;
  std::size_t left_ = kMostObjects, left_in_all_ = kMostInAll;
  bool is_too_large_ = false;
};

}  // namespace

std::vector<ManifestSet> manifest_sets(ManifestFiles files, const std::vector<Kustomization>& all, Issues& issues) {
  return Kustomizations(files, all, issues).sets();
}

std::string normal_path(std::string_view folder, std::string_view relative) {
  std::vector<std::string_view> parts;
  parts.reserve(16);  // more than most paths have
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
