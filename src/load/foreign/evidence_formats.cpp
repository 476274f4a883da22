#include "evidence_formats.hpp"

#include <array>
#include <utility>

namespace migplan {

// The first one that says it is this counts: those that take nearly any text come last.
std::span<const EvidenceFormat> evidence_formats() noexcept {
  static const std::array kFormats{
      // Load tests.
      kGatlingLog,
      kGatlingBinaryLog,
      kGatlingStats,
      kJmeterCsv,
      kJmeterXml,
      kJmeterStatistics,
      kK6Summary,
      kWrk,
      kAb,
      kVegeta,
      // Memory and metrics.
      kPprofHeap,
      kJavaGcLog,
      kJava8GcLog,
      kJcmdHeapInfo,
      kJcmdNativeMemory,
      kJcmdClassHistogram,
      kJfrJson,
      kProcStatus,
      kPrometheusApi,
      kOtlpJson,
      kGnuTime,
      kPrometheusText,
  };
  return kFormats;
}

Issue refusal(std::string_view file, std::string message, std::string hint, Cause cause) {
  return {Severity::Error, std::string(file), {}, "", std::move(message), std::move(hint), cause};
}

}  // namespace migplan
