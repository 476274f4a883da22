#pragma once

#include <string>
#include <string_view>

#include "migplan/load/evidence_reader.hpp"

// The formats of evidence, each defined in a file of its own.
namespace migplan {

// Load tests.
extern const EvidenceFormat kGatlingLog;
extern const EvidenceFormat kGatlingBinaryLog;
extern const EvidenceFormat kGatlingStats;
extern const EvidenceFormat kJmeterCsv;
extern const EvidenceFormat kJmeterXml;
extern const EvidenceFormat kJmeterStatistics;
extern const EvidenceFormat kK6Summary;
extern const EvidenceFormat kWrk;
extern const EvidenceFormat kAb;
extern const EvidenceFormat kVegeta;

// Memory.
extern const EvidenceFormat kPprofHeap;
extern const EvidenceFormat kJavaGcLog;
extern const EvidenceFormat kJava8GcLog;
extern const EvidenceFormat kJcmdHeapInfo;
extern const EvidenceFormat kJcmdNativeMemory;
extern const EvidenceFormat kJcmdClassHistogram;
extern const EvidenceFormat kJfrJson;
extern const EvidenceFormat kProcStatus;
extern const EvidenceFormat kGnuTime;

// Metrics.
extern const EvidenceFormat kPrometheusText;
extern const EvidenceFormat kPrometheusApi;
extern const EvidenceFormat kOtlpJson;

// Why a file as a whole is not taken.
[[nodiscard]] Issue refusal(std::string_view file, std::string message, std::string hint = {},
                            Cause cause = Cause::Content);

}  // namespace migplan
