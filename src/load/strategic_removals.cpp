#include <algorithm>
#include <string>
#include <utility>

#include "kubernetes.hpp"

namespace migplan {
namespace {

// https://github.com/kubernetes/community/blob/master/contributors/devel/sig-api-machinery/strategic-merge-patch.md
class Removals {
 public:
  explicit Removals(std::string_view file) : file_(file) {
    constexpr std::size_t kUsualDepth = 16;
    path_.reserve(kUsualDepth);
  }

  std::vector<Removal> of(const YamlValue& document) && {
    walk(document);
    return std::move(out_);
  }

 private:
  void walk(const YamlValue& value) {
    if (value.is_list()) return walk_list(value);
    const std::string_view directive = value.text_of("$patch");
    // Of the whole object the caller knows.
    if (!path_.empty() && (directive == "replace" || directive == "delete")) add(value);
    value.for_each_item([this](const YamlValue& item) {
      const bool is_written_by_server = path_.empty() && item.key() == "status";
      if (is_directive(item.key()) || is_written_by_server) return;
      path_.push_back({{}, item.key()});
      if (item.is_null()) add(item);
      if (item.is_map() || item.is_list()) walk(item);
      path_.pop_back();
    });
  }

  void walk_list(const YamlValue& list) {
    const bool is_containers = path_.back().key == "containers" || path_.back().key == "initContainers";
    bool is_replaced = false;
    list.for_each_item([&](const YamlValue& item) {
      const std::string_view directive = item.text_of("$patch"), name = item.text_of("name");
      if (directive == "replace" && !std::exchange(is_replaced, true)) add(item);
      if (!directive.empty() || !is_containers || name.empty()) return;
      path_.push_back({"name=", name});
      walk(item);
      path_.pop_back();
    });
  }

  void add(const YamlValue& value) {
    Removal& removal = out_.emplace_back();
    for (const Step& step : path_) removal.path.push_back(std::string(step.front) + std::string(step.key));
    removal.place = {std::string(file_), value.at(), ""};
  }

  // Of every object each key is stepped on, few objects take anything out: texts are made for these.
  struct Step {
    std::string_view front, key;
  };

  std::string_view file_;
  std::vector<Step> path_;
  std::vector<Removal> out_;
};

}  // namespace

std::vector<Removal> removals_of(const YamlValue& document, std::string_view file) {
  return Removals(file).of(document);
}

}  // namespace migplan
