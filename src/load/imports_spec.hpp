#pragma once

#include "field_spec.hpp"
#include "migplan/load/imports_reader.hpp"

namespace migplan {

inline constexpr std::string_view kNamesSchema = "migplan/names/v1";
inline constexpr std::string_view kImportsSchema = "migplan/imports/v1";
inline constexpr std::string_view kProvenanceSchema = "migplan/provenance/v1";

struct ProvenanceDraft {
  std::string inventory;
  std::vector<ProvenanceRecord> records;
};

[[nodiscard]] const MapSpec& names_spec() noexcept;       // target: NamesFile
[[nodiscard]] const MapSpec& imports_spec() noexcept;     // target: ImportsFile
[[nodiscard]] const MapSpec& provenance_spec() noexcept;  // target: ProvenanceDraft

}  // namespace migplan
