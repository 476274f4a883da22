#include "evidence_formats.hpp"

#include <array>

namespace migplan {

std::span<const EvidenceFormat> evidence_formats() noexcept {
  // The first one that says it is this counts.
  static const std::array formats{
      // Load tests.
      kGatlingLog,       kGatlingBinaryLog, kGatlingStats, kJmeterCsv, kJmeterXml,
      kJmeterStatistics, kK6Summary,        kWrk,          kAb,        kVegeta,
  };
  return formats;
}

}  // namespace migplan
