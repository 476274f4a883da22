#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "migplan/verification/kustomization.hpp"
#include "yaml_tree.hpp"

namespace migplan {

// Whether a document is a kustomization, by its kind or, where it has none, by the name of its file.
[[nodiscard]] bool is_kustomization(const YamlValue& document, std::string_view file);
[[nodiscard]] Kustomization read_kustomization(const YamlValue& document, std::string_view file, Issues& issues);

// The operations of a JSON patch (RFC 6902). Nullopt = the document is none.
[[nodiscard]] std::optional<std::vector<PathEdit>> read_json_patch(const YamlValue& document, std::string_view file,
                                                                   Issues& issues);

// "app=shop,tier in (web, api),!old" as kubectl takes it; what is not of that form is left out.
[[nodiscard]] LabelSelector selector_of(std::string_view text);

}  // namespace migplan
