#pragma once

#include "migplan/load/report_reader.hpp"

// The reports that `import` reads, each defined in a file of its own.
namespace migplan {

extern const ReportFormat kInventoryCsv;
extern const ReportFormat kKonveyor;

// Scanners.
extern const ReportFormat kSonarqube;
extern const ReportFormat kTrivy;
extern const ReportFormat kGrype;
extern const ReportFormat kDependencyCheck;
extern const ReportFormat kSarif;

// Who calls whom.
extern const ReportFormat kJaeger;
extern const ReportFormat kZipkin;
extern const ReportFormat kKiali;
extern const ReportFormat kDatadog;
extern const ReportFormat kDataFlowDiagram;
extern const ReportFormat kMicroDepGraph;

// Metrics.
extern const ReportFormat kPrometheusReport;
extern const ReportFormat kOtlpReport;

// Catalogs.
extern const ReportFormat kBackstage;

}  // namespace migplan
