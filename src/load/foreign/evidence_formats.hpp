#pragma once

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

}  // namespace migplan
