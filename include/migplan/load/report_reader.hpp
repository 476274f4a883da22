#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "migplan/base/result.hpp"
#include "migplan/load/byte_source.hpp"
#include "migplan/model/observation.hpp"

namespace migplan {

// A name of the report (a query, a metric, a column) and the fact of an inventory that it is.
struct ReportMapping {
  std::string from, fact;  // "tps_peak", "impact.peak_orders_per_second"
};

struct ReportOptions {
  std::string format;              // the source as the user names it; empty or "auto" = recognised by the content
  std::string service;             // whose report it is, where the file does not name a service
  std::vector<ReportMapping> map;  // beside the names that the format knows
};

// A format of another tool that says something of services. Its reader takes the whole source.
struct ReportFormat {
  std::string_view name;         // as the user names it: "trivy"
  std::string_view description;  // "JSON of trivy image, fs and k8s"
  // Whether a text that begins so is of this format; `beginning` is up to 64 KiB, unpacked.
  bool (*is_this)(std::string_view beginning);
  Result<Observations> (*read)(ByteSource& source, std::string_view file, const ReportOptions& options);
};
[[nodiscard]] std::span<const ReportFormat> report_formats() noexcept;

// Reads a report, gzip or plain. Errors: a format of no such name, a content that no format knows, what the reader
// says.
[[nodiscard]] Result<Observations> read_report(ByteSource& source, std::string_view file, const ReportOptions& options);

}  // namespace migplan
