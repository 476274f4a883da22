#include <algorithm>

#include "kubernetes.hpp"

namespace migplan {
namespace {

void add_values(const YamlValue& value, std::vector<ConfigValue>& out) {
  value.for_each_item([&out](const YamlValue& item) {
    if (item.is_map() || item.is_list()) return add_values(item, out);
    // The items of a list have no key of their own.
    if (!item.key().empty() && !item.is_null()) {
      out.push_back({std::string(item.key()), std::string(item.text()), item.key_at().line});
    }
  });
}

}  // namespace

std::vector<ConfigValue> config_values(std::string_view key, std::string_view text) {
  std::vector<ConfigValue> values;
  if (!key.ends_with(".yaml") && !key.ends_with(".yml")) return values;
  const YamlTree tree(text, key, Position{1, 1});
  for (const YamlValue& document : tree.documents()) add_values(document, values);
  // An alias stands behind what it repeats.
  std::stable_sort(values.begin(), values.end(),
                   [](const ConfigValue& a, const ConfigValue& b) { return a.line < b.line; });
  return values;
}

}  // namespace migplan
