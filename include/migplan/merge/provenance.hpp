#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace migplan {

// Where an imported fact comes from.
struct FactSource {
  std::string file, field;           // "sonar.json", "component.measures[2]"; a field may be empty
  std::string tool, version, taken;  // what the report says of itself; may be empty but for the tool
  friend bool operator==(const FactSource&, const FactSource&) = default;
};
// "sonar.json component.measures[2], sonarqube 10.4, 2024-07-01T08:00:00Z"
[[nodiscard]] std::string to_string(const FactSource& source);

struct ProvenanceRecord {
  std::string service, fact, value;  // as plain_text writes it
  FactSource source;
};

// The facts that reports have brought into an inventory, by service and fact.
class Provenance {
 public:
  Provenance() = default;
  // Of two records of a fact the later one counts.
  explicit Provenance(std::vector<ProvenanceRecord> records);

  // Null = nobody imported it.
  [[nodiscard]] const ProvenanceRecord* find(std::string_view service, std::string_view fact) const noexcept;
  // By service, then by fact.
  [[nodiscard]] std::span<const ProvenanceRecord> records() const noexcept { return records_; }
  [[nodiscard]] Provenance with(std::vector<ProvenanceRecord> newer) const;
  // Without the records of these facts of services.
  [[nodiscard]] Provenance without(std::span<const std::pair<std::string, std::string>> gone) const;

 private:
  std::vector<ProvenanceRecord> records_;
};

}  // namespace migplan
