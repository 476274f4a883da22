#include <algorithm>
#include <string>
#include <utility>

#include "kubernetes.hpp"

namespace migplan {
namespace {

// https://github.com/kubernetes/community/blob/master/contributors/devel/sig-api-machinery/strategic-merge-patch.md
class Removals {
 public:
  explicit Removals(std::string_view file) : file_(file) {}

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
      path_.emplace_back(item.key());
      if (item.is_null()) add(item);
      if (item.is_map() || item.is_list()) walk(item);
      path_.pop_back();
    });
  }

  void walk_list(const YamlValue& list) {
    const bool is_containers = path_.back() == "containers" || path_.back() == "initContainers";
    bool is_replaced = false;
    list.for_each_item([&](const YamlValue& item) {
      const std::string_view directive = item.text_of("$patch"), name = item.text_of("name");
      if (directive == "replace" && !std::exchange(is_replaced, true)) add(item);
      if (!directive.empty() || !is_containers || name.empty()) return;
      path_.push_back("name=" + std::string(name));
      walk(item);
      path_.pop_back();
    });
  }

  void add(const YamlValue& value) { out_.push_back({path_, {std::string(file_), value.at(), ""}}); }

  std::string_view file_;
  std::vector<std::string> path_;
  std::vector<Removal> out_;
};

}  // namespace

std::vector<Removal> removals_of(const YamlValue& document, std::string_view file) {
  return Removals(file).of(document);
}

}  // namespace migplan
