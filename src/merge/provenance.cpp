#include "migplan/merge/provenance.hpp"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

namespace migplan {
namespace {

auto key_of(const ProvenanceRecord& record) {
  return std::tuple<std::string_view, std::string_view>(record.service, record.fact);
}

}  // namespace

std::string to_string(const FactSource& source) {
  std::string text = source.file;
  if (!source.field.empty()) text += " " + source.field;
  if (!source.tool.empty()) text += ", " + source.tool;
  if (!source.version.empty()) text += " " + source.version;
  if (!source.taken.empty()) text += ", " + source.taken;
  return text;
}

Provenance::Provenance(std::vector<ProvenanceRecord> records) : records_(std::move(records)) {
  std::stable_sort(records_.begin(), records_.end(),
                   [](const auto& a, const auto& b) { return key_of(a) < key_of(b); });
  // The last of equals stays: seen from behind it is the first.
  const auto kept = std::unique(records_.rbegin(), records_.rend(),
                                [](const auto& a, const auto& b) { return key_of(a) == key_of(b); });
  records_.erase(records_.begin(), kept.base());
}

const ProvenanceRecord* Provenance::find(std::string_view service, std::string_view fact) const noexcept {
  const auto wanted = std::tuple(service, fact);
  const auto at = std::lower_bound(records_.begin(), records_.end(), wanted,
                                   [](const auto& record, const auto& key) { return key_of(record) < key; });
  return at != records_.end() && key_of(*at) == wanted ? &*at : nullptr;
}

Provenance Provenance::with(std::vector<ProvenanceRecord> newer) const {
  std::vector<ProvenanceRecord> all(records_);
  std::move(newer.begin(), newer.end(), std::back_inserter(all));
  return Provenance(std::move(all));
}

Provenance Provenance::without(std::span<const std::pair<std::string, std::string>> gone) const {
  const std::set<std::pair<std::string_view, std::string_view>> keys(gone.begin(), gone.end());
  Provenance kept;
  for (const ProvenanceRecord& record : records_) {
    if (!keys.contains({record.service, record.fact})) kept.records_.push_back(record);
  }
  return kept;
}

}  // namespace migplan
