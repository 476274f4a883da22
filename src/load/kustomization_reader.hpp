#pragma once

#include <optional>
#include <string_view>

#include "migplan/verification/kustomization.hpp"
#include "yaml_tree.hpp"

namespace migplan {

// Whether a document is a kustomization, by its kind or, where it has none, by the name of its file.
[[nodiscard]] bool is_kustomization(const YamlValue& document, std::string_view file);
[[nodiscard]] Kustomization read_kustomization(const YamlValue& document, std::string_view file, Issues& issues);

// What the operations of a JSON patch (RFC 6902) state that the rules need: numbers of replicas, and of pods that a
// budget keeps. Nullopt = the document is no JSON patch.
[[nodiscard]] std::optional<ManifestSet> read_json_patch(const YamlValue& document, std::string_view file,
                                                         Issues& issues);

}  // namespace migplan
