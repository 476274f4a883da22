#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "migplan/base/result.hpp"
#include "migplan/load/byte_source.hpp"
#include "migplan/model/evidence.hpp"
#include "migplan/model/metric_samples.hpp"

namespace migplan {

// What a file of another tool says: one load test, one or more readings of memory, or time series.
using Evidence = std::variant<LoadTest, std::vector<MemoryReading>, MetricSamples>;

// A format of another tool: its reader takes the whole source, which may be gigabytes.
struct EvidenceFormat {
  std::string_view name;         // "gatling-log"
  std::string_view description;  // "Gatling simulation.log, text of 2.x to 3.12"
  // Whether a text that begins so is of this format; `beginning` is up to 64 KiB, unpacked.
  bool (*is_this)(std::string_view beginning);
  Result<Evidence> (*read)(ByteSource& source, std::string_view file);
};
[[nodiscard]] std::span<const EvidenceFormat> evidence_formats() noexcept;

// Finds the format by the content, gzip or plain, never by the name. What is recognised as the wrong thing (a CPU
// profile, an error envelope) is refused with the reason; what is not recognised, with the list of formats.
[[nodiscard]] Result<Evidence> read_evidence(ByteSource& source, std::string_view file);

}  // namespace migplan
