#include "report_formats.hpp"

#include <array>

namespace migplan {

// The first one that says it is this counts: those that take nearly any text come last.
std::span<const ReportFormat> report_formats() noexcept {
  static const std::array kFormats{
      kSarif,    kTrivy,        kGrype,           kDependencyCheck, kSonarqube, kJaeger,           kZipkin,
      kKiali,    kOtlpReport,   kDataFlowDiagram, kMicroDepGraph,   kBackstage, kPrometheusReport, kDatadog,
      kKonveyor, kInventoryCsv,
  };
  return kFormats;
}

}  // namespace migplan
